namespace OvndbOcf.Campaign.Report.Figures;

/// <summary>What follows from one fault's record.</summary>
internal static class FaultFigures
{
    extension(FaultRecord fault)
    {
        /// <summary>Every invariant held, and nobody had to help.</summary>
        public bool Held => fault.Violations.Count == 0 && fault.Recovery is not null;

        /// <summary>The acknowledged rows that were not there afterwards, of all databases.</summary>
        public int Missing => fault.Rows.Sum(rows => rows.Missing);

        /// <summary>The acknowledged rows of all databases.</summary>
        public int Acknowledged => fault.Rows.Sum(rows => rows.Acknowledged);
    }
}
