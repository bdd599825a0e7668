package h2learn.rtl.update;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.CommandField;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.OptionFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One lane of the update: {@code master = sat(master - rne(multiplier * dW, shift))} and the rounded weight for the
 * engines, collected into a row of N input channels for the forward engine (docs/03-numbers.md, Update). Options put the
 * momentum v, which weight decay adds to, in the place of dW, and a random number into the rounding.
 */
final class UpdateLane extends Circuit {
    private static final int MOMENTUM_FRACTION_BITS = 8;

    final SInt master;
    final SInt weightGradient = in(sint(Formats.WEIGHT_GRADIENT_BITS));
    final UInt multiplier = in(uint(CommandField.MULTIPLIER.bits()));
    final UInt shift = in(uint(CommandField.SHIFT.bits()));
    /** v before this update; without momentum there is no such port. */
    final @Nullable SInt momentum;
    /** v after it, {@link #directionLatency} cycles after the operands. */
    final @Nullable SInt newMomentum;
    /** The weight is no bias; without weight decay there is no such port. */
    final @Nullable Bool decays;
    /** 32 random bits, {@link #directionLatency} cycles after the operands; without stochastic rounding no such port. */
    final @Nullable UInt noise;
    /** What options read of the command. */
    final Map<CommandField, UInt> option;

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

        Options options = config.options();
        option = CommandPorts.inputs(OptionFields.updateLane(options));
        momentum = options.momentum() ? in(sint(Formats.WEIGHT_GRADIENT_BITS)) : null;
        newMomentum = options.momentum() ? out(sint(Formats.WEIGHT_GRADIENT_BITS)) : null;
        decays = options.weightDecay() ? in(bool()) : null;
        noise = options.stochasticRounding() ? in(uint(Integer.SIZE)) : null;

        SInt direction = directionLatency(options) == 0 ? weightGradient : direction();
        if (newMomentum != null) {
            newMomentum.assign(direction);
        }
        SInt product = regNext(direction.mul(multiplier.toSInt()));
        SInt step = regNext(rounded(product));
        SInt difference = delay(master, 2 + directionLatency(options)).subWide(step);
        newMaster.assign(Fixed.of(difference, formats.masterFractionBits())
                .saturate(formats.masterBits())
                .value());
        weight.assign(Fixed.of(newMaster, formats.masterFractionBits())
                .roundTo(formats.weight())
                .value());
        when(collect, () -> row.assign(weight.asBits().cat(row.slice(rowBits - 1, weightBits))));
    }

    /** Cycles from the operands to v, which takes the place of dW. */
    static int directionLatency(Options options) {
        return options.momentum() || options.weightDecay() ? 3 : 0;
    }

    /** Cycles from the operands to {@code newMaster}. */
    static int masterLatency(Options options) {
        return directionLatency(options) + 3;
    }

    /** Cycles from the operands to {@code weight}. */
    static int weightLatency(Options options) {
        return masterLatency(options) + 1;
    }

    /** {@code v = sat(rne(mu * v, 8) + dW + decay)}, as far as there are the options. */
    private SInt direction() {
        SInt sum = delay(weightGradient, 2);
        if (momentum != null) {
            SInt product = regNext(port(CommandField.MOMENTUM).toSInt().mul(momentum));
            sum = sum.addWide(regNext(Fixed.of(product, MOMENTUM_FRACTION_BITS)
                    .roundedShiftRight(MOMENTUM_FRACTION_BITS)
                    .value()));
        }
        if (decays != null) {
            SInt product = regNext(port(CommandField.DECAY_MULTIPLIER).toSInt().mul(master));
            SInt decay = Fixed.of(product, 0)
                    .roundedShiftRight(port(CommandField.DECAY_SHIFT))
                    .value();
            sum = sum.addWide(regNext(mux(delay(decays, 1), decay, SInt.lit(0, decay.width()))));
        }
        return regNext(Fixed.of(sum, 0).saturate(Formats.WEIGHT_GRADIENT_BITS).value());
    }

    private SInt rounded(SInt product) {
        SInt nearest = Fixed.of(product, 0).roundedShiftRight(shift).value();
        if (noise == null) {
            return nearest;
        }
        UInt addend = regNext(Fixed.uniform(noise, shift));
        SInt stochastic =
                Fixed.of(product, 0).stochasticShiftRight(shift, addend).value();
        return mux(port(CommandField.STOCHASTIC).bit(0), stochastic, nearest.resize(stochastic.width()));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(option, field);
    }
}
