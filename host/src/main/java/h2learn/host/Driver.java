package h2learn.host;

import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import java.util.List;
import java.util.Map;

/** Drives one accelerator with one placed network: loads weights and samples, runs commands, reads results and counters. */
public final class Driver {
    private final Placement placement;
    private final Transport transport;
    private final TensorImages images;
    private final CommandPort port;

    public Driver(Placement placement, Transport transport) {
        this.placement = placement;
        this.transport = transport;
        this.images = new TensorImages(placement);
        this.port = new CommandPort(transport);
    }

    /** Checks that the accelerator is there and is the one of our configuration. Throws {@link TransportException}. */
    public void open() {
        port.open(placement.config());
    }

    public TensorImages images() {
        return images;
    }

    public void write(TensorImages.Image image) {
        transport.write(image.address(), image.beats());
    }

    /** Loads a part's input and labels; at most {@link Placement#partSamples()} samples. */
    public void writePart(List<Sample> samples) {
        write(images.input(samples));
        write(images.labels(samples));
    }

    /** Loads the master copy of all weights; the engines' copies follow with {@link Schedule#copyWeights()}. */
    public void writeMasters(MasterWeights master) {
        for (int layer = 0; layer < master.layers(); layer++) {
            write(images.weights(Scratchpad.MASTER, layer, master.weight(layer), master.bias(layer)));
        }
    }

    /** Reads the master copy of all weights back. */
    public MasterWeights readMasters() {
        MasterWeights master = MasterWeights.zero(placement.network());
        for (int layer = 0; layer < master.layers(); layer++) {
            int[] weight = master.weight(layer);
            int[] bias = master.bias(layer);
            TensorImages.Image image = images.weights(Scratchpad.MASTER, layer, weight, bias);
            images.unpackWeights(image, layer, transport.read(image.address(), image.beats().length), weight, bias);
        }
        return master;
    }

    /** Reads s, h, u, gu or ds of a layer for all samples of a part: as [sample][t * channels + channel]. */
    public int[][] readTrace(Scratchpad scratchpad, int layer, int samples) {
        TensorImages.Region region = images.region(scratchpad, layer, samples);
        return images.unpackTrace(scratchpad, layer, samples, transport.read(region.address(), region.beats()));
    }

    /** Runs commands and returns when all are done. Throws {@link TransportException} when one is refused or hangs. */
    public void run(List<Command> commands) {
        port.run(commands);
    }

    /** The registers and the command FIFO. */
    public CommandPort port() {
        return port;
    }

    /** Sets performance and saturation counters to 0. */
    public void clearCounters() {
        port.clearCounters();
    }

    public Map<Engine, Counters> counters() {
        return port.counters();
    }

    /** Clock cycles since {@link #clearCounters()}. */
    public long cycles() {
        return port.cycles();
    }

    /** What one engine did since {@link #clearCounters()}; {@link Engine} says what is counted. */
    public record Counters(long busy, long useful, long items, long skipped) {
        public Counters plus(Counters other) {
            return new Counters(busy + other.busy, useful + other.useful, items + other.items, skipped + other.skipped);
        }

        public Counters minus(Counters other) {
            return new Counters(busy - other.busy, useful - other.useful, items - other.items, skipped - other.skipped);
        }
    }

    /** Clipped values of gu and ds of each layer since {@link #clearCounters()}. */
    public int[] saturations() {
        return port.saturations(placement.layers().size());
    }
}
