namespace OvndbOcf.Ctl.Moving;

/// <summary>Has a person type what an action costs before it begins: a habit such as "y" is no answer.</summary>
/// <param name="output">Where the question goes.</param>
/// <param name="input">Where the answer comes from; null for the terminal of this process, if it has one.</param>
internal sealed class Confirmation(TextWriter output, TextReader? input = null)
{
    /// <summary>Whether the phrase was typed, or <paramref name="isGiven"/>; what keeps it from that has been said.</summary>
    /// <param name="phrase">What has to be typed.</param>
    /// <param name="isGiven">Whether the command line has said so already (<c>--yes</c>).</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<bool> IsGivenAsync(string phrase, bool isGiven, CancellationToken cancellation)
    {
        if (isGiven)
        {
            return true;
        }

        if (input is null && Console.IsInputRedirected)
        {
            await output
                .WriteLineAsync("Refused: there is no terminal to confirm this on; scripts confirm with --yes.")
                .ConfigureAwait(false);
            return false;
        }

        await output.WriteAsync($"Type '{phrase}' to go on: ").ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
        using var terminal = input is null ? new StreamReader(Console.OpenStandardInput()) : null;

        try
        {
            // A read of a terminal cannot be cancelled: it is left behind, and ends with the process.
            var typed = await Task.Run((terminal ?? input!).ReadLine, CancellationToken.None).WaitAsync(cancellation).ConfigureAwait(false);
            if (typed?.Trim() == phrase)
            {
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync("\nInterrupted: nothing was changed.").ConfigureAwait(false);
            throw;
        }

        await output.WriteLineAsync("Refused: not confirmed; nothing was changed.").ConfigureAwait(false);
        return false;
    }
}
