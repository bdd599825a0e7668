package h2learn.rtl.backward;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.Rounded;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.OptionFields;
import h2learn.rtl.logic.Leak;
import java.util.Map;

/**
 * The backward neuron equations of one lane, a pipeline of six cycles:
 * {@code gu = sat(rne(beta * h * (ds - alpha * u * gu') + alpha * (1 - s) * gu'))} with gu' of the step after
 * (docs/03-numbers.md, Backward). Other resets, the detached reset and the triangle in place of beta are options.
 */
public final class NeuronBackwardLane extends Circuit {
    /** Cycles from the operands to {@code gradient}. */
    public static final int LATENCY = 6;

    public final Bool spike = in(bool());
    public final Bool open = in(bool());
    public final SInt potential;
    public final SInt spikeGradient;
    /** gu of the step after; 0 in the last step. */
    public final SInt next;

    public final UInt alpha = in(uint(CommandField.ALPHA.bits()));
    public final UInt beta = in(uint(CommandField.BETA.bits()));

    /** What options read of the command. */
    public final Map<CommandField, UInt> option;

    public final SInt gradient;
    public final Bool saturated = outReg(bool());

    public NeuronBackwardLane(AcceleratorConfig config) {
        moduleName("NeuronBackwardLane");
        Formats formats = config.formats();
        int gradientBits = formats.gradientBits();
        potential = in(sint(formats.potentialBits()));
        spikeGradient = in(sint(gradientBits));
        next = in(sint(gradientBits));
        gradient = outReg(sint(gradientBits));
        Options options = config.options();
        option = CommandPorts.inputs(OptionFields.neuronBackward(options));

        // alpha * u * gu' has the fraction bits of alpha and of u beyond those of ds.
        int extra = Formats.LEAK_FRACTION_BITS + formats.weightFractionBits();

        SInt potentialProduct = regNext(resetBy(options).mul(next));
        SInt leak = regNext(Leak.of(config, alpha, next));
        SInt spikeGradient1 = regNext(spikeGradient);
        Bool open1 = regNext(open);
        Bool spike1 = regNext(clears(options));

        SInt reset = regNext(Leak.of(config, alpha, potentialProduct));
        SInt spikeGradient2 = regNext(spikeGradient1);
        Bool open2 = regNext(open1);
        SInt carried = regNext(mux(spike1, SInt.lit(0, leak.width()), leak));

        SInt inner = spikeGradient2.shl(extra).subWide(reset);
        SInt inner3 = regNext(mux(open2, inner, SInt.lit(0, inner.width())));
        SInt carried3 = regNext(carried);

        SInt scaled = regNext(height(options).mul(inner3));
        SInt carried4 = regNext(carried3);

        SInt total = scaled.addWide(carried4.shl(extra));
        SInt rounded = regNext(Fixed.of(total, 0)
                .roundedShiftRight(extra + Formats.LEAK_FRACTION_BITS)
                .value());
        Rounded result = Fixed.of(rounded, 0).saturate(gradientBits);
        gradient.assign(result.value());
        saturated.assign(result.saturated());
    }

    /** By how much a spike lowers what the leak keeps, as far as the gradient sees it. */
    private SInt resetBy(Options options) {
        SInt by = potential;
        if (options.softReset()) {
            by = mux(resetIs(CommandField.RESET_SOFT), port(CommandField.THETA).asSInt(), by);
        }
        if (options.noReset()) {
            by = mux(resetIs(CommandField.RESET_NONE), SInt.lit(0, by.width()), by);
        }
        if (options.detachReset()) {
            by = mux(port(CommandField.DETACH_RESET).bit(0), SInt.lit(0, by.width()), by);
        }
        return by;
    }

    /** Whether nothing of the potential was kept for the step after. */
    private Bool clears(Options options) {
        return OptionFields.resets(options) ? spike.and(resetIs(CommandField.RESET_HARD)) : spike;
    }

    /**
     * The surrogate where the window is open, 8 fraction bits; three cycles after the operands. Where the window is
     * closed, it meets a 0.
     */
    private SInt height(Options options) {
        SInt rectangle = beta.toSInt();
        if (!options.triangle()) {
            return rectangle;
        }
        SInt window = port(CommandField.WINDOW).asSInt();
        SInt distance = potential.subWide(port(CommandField.THETA).asSInt());
        SInt magnitude = mux(distance.lt(0), distance.negWide(), distance.resize(distance.width() + 1));
        SInt left = regNext(window.resize(magnitude.width()).sub(magnitude).resize(window.width()));
        UInt multiplier = port(CommandField.MULTIPLIER);
        SInt product = regNext(left.mul(multiplier.toSInt()));
        SInt triangle = regNext(
                Fixed.of(product, 0).roundedShiftRight(port(CommandField.SHIFT)).value());
        return mux(multiplier.eq(0), rectangle, triangle.resize(rectangle.width()));
    }

    private Bool resetIs(int reset) {
        return port(CommandField.RESET).eq(reset);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(option, field);
    }
}
