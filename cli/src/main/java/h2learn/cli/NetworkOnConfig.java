package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import picocli.CommandLine.Option;

/** Which network a measurement trains, and on which accelerator. */
final class NetworkOnConfig {
    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            defaultValue = "fashion-mlp",
            description = "The network. Default: ${DEFAULT-VALUE}.")
    private String networkName = "";

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    NetworkOnConfig() {}

    Network network() {
        return new NetworkReader().read(networkName);
    }

    AcceleratorConfig config() {
        return new ConfigReader().read(configName);
    }
}
