using OvndbOcf.Agent;

return AgentCommand.Run(args, Console.Out, Console.Error);
