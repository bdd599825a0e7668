package h2learn.rtl.backward;

import h2learn.contract.CommandField;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.Rounded;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Pipeline;

/** ds of one class from its spike count, a pipeline: {@code sat(rne((count - target) * multiplier, shift))}. */
public final class LossScale extends Circuit {
    /** Cycles from {@code valid} to {@code resultValid}. */
    public static final int LATENCY = 4;

    public final Bool valid = in(bool());
    public final UInt count = in(uint(24));
    public final UInt classIndex;
    public final UInt label;
    /** Spikes that the labelled class should have: T * K. */
    public final UInt target = in(uint(CommandField.STEPS.bits() + CommandField.NEURONS.bits()));

    public final UInt multiplier = in(uint(CommandField.MULTIPLIER.bits()));
    public final UInt shift = in(uint(CommandField.SHIFT.bits()));

    public final Bool resultValid = out(bool());
    public final UInt resultClass;
    /** ds in the low bits; whether it was clipped above them. */
    public final Bits result;

    public LossScale(int gradientBits, int classBits) {
        moduleName("LossScale");
        classIndex = in(uint(classBits));
        label = in(uint(classBits));
        resultClass = out(uint(classBits));
        result = out(bits(gradientBits + 1));
        SInt wanted = mux(classIndex.eq(label), target.toSInt(), SInt.lit(0, target.width() + 1));
        SInt difference = regNext(count.toSInt().subWide(wanted));
        SInt product = regNext(difference.mul(multiplier.toSInt()));
        SInt rounded = regNext(Fixed.of(product, 0).roundedShiftRight(shift).value());
        Rounded saturated = Fixed.of(rounded, 0).saturate(gradientBits);
        result.assign(regNext(saturated.saturated().asBits().cat(saturated.value())));
        resultValid.assign(Pipeline.valid(valid, LATENCY));
        resultClass.assign(delay(classIndex, LATENCY));
    }
}
