using OvndbOcf.Ctl.Commands;

return await CtlCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
