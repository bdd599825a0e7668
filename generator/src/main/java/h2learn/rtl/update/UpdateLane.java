package h2learn.rtl.update;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.contract.CommandField;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;

/**
 * One lane of the update: {@code master = sat(master - rne(multiplier * dW, shift))} and the rounded weight for the
 * engines, collected into a row of N input channels for the forward engine (docs/03-numbers.md, Update).
 */
final class UpdateLane extends Circuit {
    /** Cycles from the operands to {@code newMaster}. */
    static final int MASTER_LATENCY = 3;
    /** Cycles from the operands to {@code weight}. */
    static final int WEIGHT_LATENCY = 4;

    final SInt master;
    final SInt weightGradient = in(sint(Formats.WEIGHT_GRADIENT_BITS));
    final UInt multiplier = in(uint(CommandField.MULTIPLIER.bits()));
    final UInt shift = in(uint(CommandField.SHIFT.bits()));
    /** The weight of this cycle belongs to the row. */
    final Bool collect = in(bool());

    final SInt newMaster;
    final SInt weight;
    /** The N weights collected last, the first in the low bits, one cycle after the last one's {@code collect}. */
    final Bits row;

    UpdateLane(AcceleratorConfig config) {
        moduleName("UpdateLane");
        Formats formats = config.formats();
        int weightBits = formats.weightBits();
        int rowBits = config.lanes() * weightBits;
        master = in(sint(formats.masterBits()));
        newMaster = outReg(sint(formats.masterBits()));
        weight = outReg(sint(weightBits));
        row = outReg(bits(rowBits));

        SInt product = regNext(weightGradient.mul(multiplier.toSInt()));
        SInt step = regNext(Fixed.of(product, 0).roundedShiftRight(shift).value());
        SInt difference = delay(master, 2).subWide(step);
        newMaster.assign(Fixed.of(difference, formats.masterFractionBits())
                .saturate(formats.masterBits())
                .value());
        weight.assign(Fixed.of(newMaster, formats.masterFractionBits())
                .roundTo(formats.weight())
                .value());
        when(collect, () -> row.assign(weight.asBits().cat(row.slice(rowBits - 1, weightBits))));
    }
}
