package h2learn.cosim.lockstep;

import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.cosim.simulation.Bus;
import h2learn.cosim.simulation.MismatchException;
import h2learn.cosim.simulation.Model;
import h2learn.host.Placement;
import h2learn.host.TensorImages;
import h2learn.host.TensorImages.Image;
import org.jspecify.annotations.Nullable;

/** Compares scratchpad regions with the golden model's tensors word for word, natively, and explains a difference. */
final class TensorComparison {
    /** What a report says besides the place. */
    record Context(String engine, String tensor, int layer, long update, int firstSample, long seed) {}

    private static final long WORD_BUDGET = 10_000;

    private final Bus bus;
    private final TensorImages images;
    private final MemoryMap map;
    private final String repeat;
    private final Model model;
    private final Placement placement;
    private final LockStepListener listener;
    private long words;
    private long ended;

    TensorComparison(Model model, Placement placement, TensorImages images, LockStepListener listener, String repeat) {
        this.model = model;
        this.placement = placement;
        this.images = images;
        this.listener = listener;
        this.repeat = repeat;
        bus = model.bus();
        map = new MemoryMap(placement.config());
    }

    /** What is compared from here on was written by commands that have just ended. */
    void ended() {
        ended = model.cycle();
    }

    /** When those commands had ended, in clock cycles. */
    long endedIn() {
        return ended;
    }

    /** 32-bit words compared so far. */
    long words() {
        return words;
    }

    String repeat() {
        return repeat;
    }

    /** @param masks bits to compare in each beat, all of them when null */
    void compare(Image image, int @Nullable [] masks, Context context) {
        words += image.beats().length;
        if (listener.wantsWords() && told(image, masks, context)) {
            return;
        }
        try {
            bus.batch()
                    .budget(WORD_BUDGET)
                    .compareBlock(image.address(), image.beats(), masks, 4)
                    .run();
        } catch (MismatchException difference) {
            Mismatch mismatch = explain(image, masks, context, difference);
            throw new LockStepException(mismatch, tensor(image, masks, context.layer()), ended, repeat);
        }
    }

    /** Reads instead of comparing natively, which takes as many clock cycles; whether all is equal. */
    private boolean told(Image image, int @Nullable [] masks, Context context) {
        MemoryMap.Window window = map.window(image.scratchpad());
        int[] got = read(image);
        listener.compared(
                "update " + context.update() + ", " + context.engine() + " of layer " + context.layer() + ": "
                        + context.tensor(),
                image.scratchpad().name(),
                (image.address() - window.base()) / 4,
                image.beats(),
                got,
                masks);
        for (int beat = 0; beat < got.length; beat++) {
            int mask = masks == null ? -1 : masks[beat];
            if (((got[beat] ^ image.beats()[beat]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The accelerator's side of an image. */
    private int[] read(Image image) {
        int[] beats = new int[image.beats().length];
        bus.batch().budget(WORD_BUDGET).readBlock(image.address(), beats).run();
        return beats;
    }

    private TensorDifference tensor(Image image, int @Nullable [] masks, int layer) {
        int[] got = read(image);
        if (isWeight(image.scratchpad())) {
            WordLayout layout = map.window(image.scratchpad()).layout();
            return TensorDifference.weights(images, placement, layout, image, layer, got);
        }
        if (image.scratchpad() == Scratchpad.GRADIENT_SUM) {
            WordLayout layout = map.window(image.scratchpad()).layout();
            return TensorDifference.words(layout, true, image.beats(), got);
        }
        return TensorDifference.trace(images, placement, image, layer, got, masks);
    }

    private Mismatch explain(Image image, int @Nullable [] masks, Context context, MismatchException difference) {
        int beat = (int) difference.index();
        int expectedBeat = image.beats()[beat];
        int gotBeat = (int) difference.got();
        int mask = masks == null ? -1 : masks[beat];
        int bit = Integer.numberOfTrailingZeros((expectedBeat ^ gotBeat) & mask);
        WordLayout layout = map.window(image.scratchpad()).layout();
        boolean signed = image.scratchpad().signed();
        int inBeat = bit / layout.elementBits();
        int expected = layout.unpack(new int[] {expectedBeat}, 0, inBeat, signed);
        int got = layout.unpack(new int[] {gotBeat}, 0, inBeat, signed);
        int sample = -1;
        int step = -1;
        int row = -1;
        int column = -1;
        int channel;
        int input = -1;
        if (isWeight(image.scratchpad())) {
            TensorImages.WeightElement element = images.weightElement(image, context.layer(), beat, bit);
            channel = element.output();
            input = element.input();
        } else {
            TensorImages.Element element = images.element(image, context.layer(), beat, bit);
            sample = context.firstSample() + element.sample();
            step = image.scratchpad() == Scratchpad.GRADIENT_SUM ? -1 : element.step();
            channel = element.channel();
            row = images.isImage(context.layer()) ? element.row() : -1;
            column = images.isImage(context.layer()) ? element.column() : -1;
        }
        return new Mismatch(
                context.engine(),
                context.tensor(),
                context.layer(),
                context.update(),
                sample,
                step,
                row,
                column,
                channel,
                input,
                expected,
                got,
                ended,
                context.seed());
    }

    private static boolean isWeight(Scratchpad scratchpad) {
        return switch (scratchpad) {
            case MASTER, MOMENTUM, WEIGHT_GRADIENT, FORWARD_WEIGHT, BACKWARD_WEIGHT -> true;
            case SPIKE, WINDOW, POTENTIAL, GRADIENT, SPIKE_GRADIENT, GRADIENT_SUM, LABEL -> false;
        };
    }
}
