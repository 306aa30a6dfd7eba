namespace OvndbOcf.Simulation;

/// <summary>Scripts for sh(1) by which another process holds a port of a node.</summary>
public static class TakenPort
{
    /// <summary>Ends the process; does nothing where there is none.</summary>
    public const string Free = "[ ! -e /run/port-taken.pid ] || { kill $(cat /run/port-taken.pid); rm /run/port-taken.pid; }";

    /// <summary>
    /// Takes the port on all addresses, as a program does that is configured without thinking of this one, and says nothing to clients. Fails where the port is not held afterwards.
    /// </summary>
    /// <param name="port">The port.</param>
    /// <param name="seconds">For how long at most.</param>
    public static string Take(int port, int seconds) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            timeout {seconds} python3 -c 'import socket, time
            taken = socket.socket()
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("0.0.0.0", {port}))
            taken.listen(64)
            time.sleep({seconds})' >/dev/null 2>&1 &
            echo $! > /run/port-taken.pid
            for try in 1 2 3 4 5 6 7 8 9 10; do
                sleep 0.5
                ss --no-header --listening --tcp --numeric 'sport = :{port}' | grep -q '0.0.0.0:{port}' && exit 0
            done
            exit 1
            """
        );
}
