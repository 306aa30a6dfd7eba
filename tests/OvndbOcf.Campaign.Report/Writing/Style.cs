namespace OvndbOcf.Campaign.Report.Writing;

/// <summary>The page's style sheet: large letters for a projector, smaller ones on narrow pages, and a plain form for paper.</summary>
internal static class Style
{
    /// <summary>The style sheet. The colours of the pictures are those of Okabe and Ito, made for colour-blind people.</summary>
    public const string Sheet = """
        html{font-size:22px}
        body{margin:0 auto;padding:1rem 2rem 4rem;max-width:80rem;color:#111;background:#fff;font-family:"DejaVu Sans",Verdana,Arial,sans-serif;line-height:1.4}
        h1{font-size:2rem;line-height:1.2;margin:.5rem 0}
        h2{font-size:1.5rem;line-height:1.2;margin:2.5rem 0 .8rem;padding-bottom:.2rem;border-bottom:4px solid #0072b2}
        h3{font-size:1.15rem;margin:1.6rem 0 .5rem}
        a{color:#00508a}
        p,ul{margin:.5rem 0}
        .quiet{color:#444}
        .verdict{margin:.8rem 0;padding:.7rem 1rem;font-size:1.25rem;font-weight:bold;border:4px solid #00694e;border-left-width:1rem;background:#eaf7f2;border-radius:.3rem}
        .verdict.broken{border-color:#a02c00;background:#fdeee6}
        table{border-collapse:collapse;width:100%;font-size:.87rem;line-height:1.3;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-weight:bold;padding:.3rem 0}
        th,td{padding:.3rem .5rem;border-bottom:1px solid #999;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{overflow-wrap:normal}
        thead th{background:#163a57;color:#fff;vertical-align:bottom}
        .n{text-align:right;white-space:nowrap}
        .w{white-space:nowrap}
        .edge{border-left:3px solid #163a57}
        tr.broken>*{background:#fdeee6}
        .bad{font-weight:bold;color:#a02c00}
        .good{color:#00594a;font-weight:bold}
        .links{display:flex;flex-wrap:wrap;gap:.3rem 2rem;padding:0;list-style:none;font-weight:bold}
        .chips{display:flex;flex-wrap:wrap;gap:.3rem;padding:0;list-style:none;font-size:.75rem}
        .chips a{display:block;min-width:1.6rem;padding:.1rem .3rem;text-align:center;text-decoration:none;border:2px solid #7a9bb3;border-radius:.2rem}
        .chips a.broken{border-color:#a02c00;background:#a02c00;color:#fff;font-weight:bold}
        details{margin:.6rem 0;border:2px solid #7a9bb3;border-radius:.3rem;break-inside:avoid}
        details.broken{border:4px solid #a02c00}
        summary{padding:.5rem .8rem;cursor:pointer}
        summary h4{display:inline;font-size:1.05rem;margin:0;overflow-wrap:anywhere}
        .facts{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin:.2rem 0 0 1.2rem;font-size:.9rem}
        .facts b{font-variant-numeric:tabular-nums}
        .inside{padding:0 .8rem .6rem}
        .violations{padding:.5rem 1rem .5rem 2.2rem;background:#fdeee6;border-left:.6rem solid #a02c00;font-weight:bold;overflow-wrap:anywhere}
        .told{font-size:.8rem;overflow-wrap:anywhere}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;padding:0;list-style:none;font-size:.85rem}
        .legend li{display:flex;align-items:center;gap:.5rem}
        .key{flex:none}
        .defs{position:absolute}
        .timeline{display:block;width:100%;height:auto;font-family:"DejaVu Sans",Verdana,Arial,sans-serif;font-size:20px}
        .timeline text{fill:#111}
        .timeline .name{text-anchor:end;font-weight:bold}
        .timeline .in,.timeline .axis{text-anchor:middle}
        .timeline .in{paint-order:stroke;stroke:#fff;stroke-width:9;stroke-linejoin:round}
        .timeline .r-active-text{fill:#fff;stroke:#0072b2}
        .timeline .r-backup-text{stroke:#b5dcf3}
        .timeline .r-off-text{fill:#fff;stroke:#222}
        .r-active{fill:#0072b2;stroke:#004a75;stroke-width:1}
        .r-backup{fill:#b5dcf3;stroke:#56a5d1;stroke-width:1}
        .r-stopped{fill:url(#p-stopped);stroke:#555;stroke-width:1}
        .r-off{fill:#222;stroke:#000;stroke-width:1}
        .r-unknown{fill:url(#p-unknown);stroke:#555;stroke-width:1}
        .address{fill:#e6b800;stroke:#5c4a00;stroke-width:1.5}
        .outage{fill:url(#p-outage);stroke:#8f3f00;stroke-width:1}
        .shade{fill:#d55e00;opacity:.16}
        .again{stroke:#111;stroke-width:1.5;stroke-dasharray:2 4;fill:none}
        .label{fill:#fff}
        .moment{stroke:#111;stroke-width:2.5;stroke-dasharray:8 4;fill:none}
        .tick{stroke:#ccc;fill:none}
        .ground{stroke:#888;stroke-width:2;fill:none}
        @media (max-width:1100px){html{font-size:15px}body{padding:.5rem 1rem 2rem}table{font-size:.74rem}th,td{padding:.25rem .3rem}}
        @media print{html{font-size:9.5pt}body{max-width:none;padding:0}thead{display:table-header-group}tr,.verdict{break-inside:avoid}h2,h3{break-after:avoid}nav{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;
}
