global using OvndbOcf.Simulation.Observation;
