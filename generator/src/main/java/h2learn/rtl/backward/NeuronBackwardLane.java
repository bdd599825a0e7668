package h2learn.rtl.backward;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.Rounded;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;

/**
 * The backward neuron equations of one lane, a pipeline of six cycles:
 * {@code gu = sat(rne(beta * h * (ds - alpha * u * gu') + alpha * (1 - s) * gu'))} with gu' of the step after
 * (docs/03-numbers.md, Backward).
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

        // alpha * u * gu' has the fraction bits of alpha and of u beyond those of ds.
        int extra = Formats.LEAK_FRACTION_BITS + formats.weightFractionBits();

        SInt potentialProduct = regNext(potential.mul(next));
        SInt leak = regNext(alpha.toSInt().mul(next));
        SInt spikeGradient1 = regNext(spikeGradient);
        Bool open1 = regNext(open);
        Bool spike1 = regNext(spike);

        SInt reset = regNext(alpha.toSInt().mul(potentialProduct));
        SInt spikeGradient2 = regNext(spikeGradient1);
        Bool open2 = regNext(open1);
        SInt carried = regNext(mux(spike1, SInt.lit(0, leak.width()), leak));

        SInt inner = spikeGradient2.shl(extra).subWide(reset);
        SInt inner3 = regNext(mux(open2, inner, SInt.lit(0, inner.width())));
        SInt carried3 = regNext(carried);

        SInt scaled = regNext(beta.toSInt().mul(inner3));
        SInt carried4 = regNext(carried3);

        SInt total = scaled.addWide(carried4.shl(extra));
        SInt rounded = regNext(Fixed.of(total, 0)
                .roundedShiftRight(extra + Formats.LEAK_FRACTION_BITS)
                .value());
        Rounded result = Fixed.of(rounded, 0).saturate(gradientBits);
        gradient.assign(result.value());
        saturated.assign(result.saturated());
    }
}
