using OvndbOcf.Ctl;

return await CtlCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
