package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.host.Ring;
import h2learn.host.TensorImages;
import h2learn.model.fixed.LayerConstants;
import h2learn.network.LayerShape;
import h2learn.network.LayerShape.Operation;
import h2learn.network.Network;
import h2learn.network.Network.Reset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where everything of one minibatch lies in external memory. A tensor is there as the scratchpads' windows show it,
 * word behind word, {@link TensorImages} of {@link #placement()} packs it; regions are aligned to 64 bytes.
 */
public final class MemoryLayout {
    /** Alignment of every region, and size of a command in the ring. */
    public static final int ALIGNMENT = CommandField.BYTES;

    /** Logarithm of the commands that the ring holds. */
    public static final int RING_ENTRIES_LOG2 = 10;

    /**
     * A part of external memory.
     *
     * @param name what lies there
     * @param address of the first byte, a multiple of {@link #ALIGNMENT}
     * @param bytes without what aligns the next region
     */
    public record Region(String name, long address, long bytes) {}

    private final Placement placement;
    private final MemoryMap map;
    private final List<Region> regions = new ArrayList<>();
    private final List<Map<Scratchpad, Region>> tensors = new ArrayList<>();
    private final Map<Integer, Region> backwardCopies = new TreeMap<>();
    private final Region ring;
    private final Region input;
    private final Region labels;
    private long next;

    private MemoryLayout(Placement placement, boolean traces) {
        this.placement = placement;
        map = new MemoryMap(placement.config());
        int minibatch = placement.partSamples();
        ring = add("command ring", Ring.bytes(RING_ENTRIES_LOG2));
        MemoryTensor samples = inputTensor(0);
        input = add("input", minibatch * samples.sampleBytes());
        labels = add("labels", (long) minibatch * wordBytes(Scratchpad.LABEL));
        for (Placement.Layer layer : placement.layers()) {
            Map<Scratchpad, Region> own = new EnumMap<>(Scratchpad.class);
            tensors.add(own);
            weights(layer, own, traces);
            if (traces) {
                traces(layer, own, minibatch);
            } else if (layer.shape().index() == placement.layers().size() - 1) {
                trace(layer, Scratchpad.SPIKE, own, minibatch);
            }
        }
        int bits = placement.config().memoryBus().addressBits();
        if (bits < Long.SIZE - 1 && next > 1L << bits) {
            throw PlacementException.notTiled(
                    placement.network().name(),
                    placement.config().name(),
                    List.of(next + " bytes of external memory are needed, memoryBus.addressBits reaches "
                            + (1L << bits)));
        }
    }

    /**
     * The layout for one network on one accelerator, from address 0.
     *
     * @param minibatch most samples of a step
     * @param traces whether what the layers compute goes through external memory
     */
    public static MemoryLayout of(Network network, AcceleratorConfig config, int minibatch, boolean traces) {
        return new MemoryLayout(Placement.unbounded(network, config, minibatch), traces);
    }

    private Region add(String name, long bytes) {
        Region region = new Region(name, next, bytes);
        regions.add(region);
        next = (next + bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return region;
    }

    private void weights(Placement.Layer layer, Map<Scratchpad, Region> own, boolean copies) {
        if (!layer.shape().weighted()) {
            return;
        }
        int words = layer.blocks() * placement.config().lanes();
        add(layer, Scratchpad.MASTER, words, own);
        if (placement.network().training().momentum() > 0) {
            add(layer, Scratchpad.MOMENTUM, words, own);
        }
        if (copies) {
            add(layer, Scratchpad.FORWARD_WEIGHT, words, own);
        }
        if (copies && layer.shape().index() > 0) {
            add(layer, Scratchpad.BACKWARD_WEIGHT, words, own);
            String name = name(layer, Scratchpad.BACKWARD_WEIGHT) + " after UPDATE";
            backwardCopies.put(layer.shape().index(), add(name, (long) words * wordBytes(Scratchpad.BACKWARD_WEIGHT)));
        }
    }

    private void traces(Placement.Layer layer, Map<Scratchpad, Region> own, int minibatch) {
        List<Scratchpad> kept = new ArrayList<>(List.of(Scratchpad.SPIKE, Scratchpad.WINDOW));
        int index = layer.shape().index();
        if (layer.shape().weighted() && index > 0) {
            kept.add(Scratchpad.GRADIENT);
        }
        // Of a max-pool the tap of each square's first maximum.
        if (layer.shape().weighted() ? needsPotential(index) : layer.shape().operation() == Operation.MAX_POOL) {
            kept.add(Scratchpad.POTENTIAL);
        }
        for (Scratchpad scratchpad : kept) {
            trace(layer, scratchpad, own, minibatch);
        }
    }

    private void trace(Placement.Layer layer, Scratchpad scratchpad, Map<Scratchpad, Region> own, int minibatch) {
        long bytes = minibatch * outputTensor(layer, scratchpad, 0).sampleBytes();
        own.put(scratchpad, add(name(layer, scratchpad), bytes));
    }

    private void add(Placement.Layer layer, Scratchpad scratchpad, int words, Map<Scratchpad, Region> own) {
        own.put(scratchpad, add(name(layer, scratchpad), (long) words * wordBytes(scratchpad)));
    }

    private static String name(Placement.Layer layer, Scratchpad scratchpad) {
        return scratchpad + " of layer " + layer.shape().index();
    }

    /** Whether a layer's backward pass reads the membrane potential. */
    boolean needsPotential(int layer) {
        LayerConstants constants = LayerConstants.of(
                        placement.network(), placement.config().formats())
                .get(layer);
        boolean ofReset = constants.reset() == Reset.HARD && !constants.detachReset();
        return ofReset || constants.slope().multiplier() != 0;
    }

    /** All layers with the largest minibatch, as if the scratchpads had no end. */
    public Placement placement() {
        return placement;
    }

    public List<Region> regions() {
        return List.copyOf(regions);
    }

    /** Bytes from address 0 to the end of the last region. */
    public long bytes() {
        return next;
    }

    public Region ring() {
        return ring;
    }

    /** All samples, as {@link TensorImages#input} packs them. */
    public Region input() {
        return input;
    }

    /** The class of every sample, as {@link TensorImages#labels} packs them. */
    public Region labels() {
        return labels;
    }

    /**
     * The region of a layer's tensor: MASTER, MOMENTUM, FORWARD_WEIGHT and BACKWARD_WEIGHT of its weights, and SPIKE,
     * WINDOW, POTENTIAL and GRADIENT of its output. Throws {@link IllegalArgumentException} when the plan keeps none.
     */
    public Region tensor(Scratchpad scratchpad, int layer) {
        Region region = tensors.get(layer).get(scratchpad);
        if (region == null) {
            throw new IllegalArgumentException("no " + scratchpad + " of layer " + layer + " lies in external memory");
        }
        return region;
    }

    /** Whether {@link #tensor} has that region. */
    public boolean has(Scratchpad scratchpad, int layer) {
        return tensors.get(layer).containsKey(scratchpad);
    }

    /** Bytes that a scratchpad's word takes in external memory. */
    public int wordBytes(Scratchpad scratchpad) {
        return 4 * map.window(scratchpad).layout().beats();
    }

    /** Words of a scratchpad. */
    int words(Scratchpad scratchpad) {
        return map.window(scratchpad).words();
    }

    /** Where UPDATE of a weighted layer, not the first, puts the copy that the next step's BACKWARD uses. */
    long backwardCopy(int layer) {
        return Objects.requireNonNull(backwardCopies.get(layer)).address();
    }

    MemoryTensor inputTensor() {
        return inputTensor(input.address());
    }

    /** What a layer reads: the samples, or what the layer below wrote. */
    MemoryTensor inputOf(Placement.Layer layer) {
        int index = layer.shape().index();
        return index == 0 ? inputTensor() : outputOf(placement.layers().get(index - 1), Scratchpad.SPIKE);
    }

    /** What a layer writes: SPIKE, WINDOW, POTENTIAL or GRADIENT. */
    MemoryTensor outputOf(Placement.Layer layer, Scratchpad scratchpad) {
        return outputTensor(
                layer, scratchpad, tensor(scratchpad, layer.shape().index()).address());
    }

    private MemoryTensor inputTensor(long address) {
        Placement.Layer first = placement.layers().get(0);
        LayerShape.Extent extent = first.geometry().input();
        int steps = first.shape().staticInput() ? 1 : placement.network().steps();
        return new MemoryTensor(
                0,
                Scratchpad.SPIKE,
                address,
                extent.height(),
                extent.width() * steps * first.shape().inputPlanes(),
                first.inputBlocks(),
                wordBytes(Scratchpad.SPIKE));
    }

    private MemoryTensor outputTensor(Placement.Layer layer, Scratchpad scratchpad, long address) {
        LayerShape.Extent extent = layer.geometry().output();
        int planes = scratchpad == Scratchpad.SPIKE ? layer.shape().outputPlanes() : 1;
        return new MemoryTensor(
                layer.shape().index(),
                scratchpad,
                address,
                extent.height(),
                extent.width() * placement.network().steps() * planes,
                layer.outputBlocks(),
                wordBytes(scratchpad));
    }
}
