package h2learn.rtl.forward;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.OptionFields;
import h2learn.rtl.logic.Leak;
import java.util.Map;

/**
 * The neuron equations of one lane, a pipeline of four cycles: {@code u = sat(leak + x)}, {@code s = u > theta},
 * {@code h = |u - theta| < a} (docs/03-numbers.md, Forward). Resets other than the hard one are options.
 */
public final class NeuronLane extends Circuit {
    /** Cycles from the operands to {@code potential}, {@code spike} and {@code window}. */
    public static final int LATENCY = 4;

    public final SInt accumulator;
    /** u and s of the step before; ignored in the first step. */
    public final SInt previousPotential;

    public final Bool previousSpike = in(bool());
    public final Bool firstStep = in(bool());
    /** Whether the lane holds a real neuron, one cycle before the outputs. */
    public final Bool present = in(bool());

    public final UInt alpha = in(uint(CommandField.ALPHA.bits()));
    public final UInt inputFraction = in(uint(5));
    /** What options read of the command. */
    public final Map<CommandField, UInt> option;

    public final SInt theta;
    public final SInt window;

    public final SInt potential;
    public final Bool spike = outReg(bool());
    public final Bool open = outReg(bool());

    public NeuronLane(AcceleratorConfig config) {
        moduleName("NeuronLane");
        Formats formats = config.formats();
        int bits = formats.potentialBits();
        accumulator = in(sint(formats.accumulatorBits()));
        previousPotential = in(sint(bits));
        theta = in(sint(CommandField.THETA.bits()));
        window = in(sint(CommandField.WINDOW.bits()));
        potential = outReg(sint(bits));

        option = CommandPorts.inputs(OptionFields.neuron(config.options()));
        Bool cleared = previousSpike;
        SInt before = previousPotential;
        if (OptionFields.resets(config.options())) {
            UInt reset = CommandPorts.of(option, CommandField.RESET);
            cleared = previousSpike.and(reset.eq(CommandField.RESET_HARD));
            if (config.options().softReset()) {
                Bool lowered = previousSpike.and(reset.eq(CommandField.RESET_SOFT));
                before = mux(lowered, previousPotential.subWide(theta), previousPotential.resize(bits + 1));
            }
        }

        SInt x = regNext(
                Fixed.of(accumulator, 0).roundedShiftRight(inputFraction).value());
        SInt product = regNext(Leak.of(config, alpha, before));
        Bool silent = regNext(cleared.or(firstStep));

        SInt leak = Fixed.of(product, Formats.LEAK_FRACTION_BITS)
                .roundedShiftRight(Formats.LEAK_FRACTION_BITS)
                .value();
        SInt kept = regNext(mux(silent, SInt.lit(0, leak.width()), leak));
        SInt sum = kept.addWide(regNext(x));

        SInt next = regNext(
                Fixed.of(sum, formats.weightFractionBits()).saturate(bits).value());
        SInt distance = next.subWide(theta);
        SInt wideWindow = window.resize(distance.width() + 1);
        SInt wide = distance.resize(distance.width() + 1);
        potential.assign(next);
        spike.assign(next.gt(theta).and(present));
        open.assign(wide.lt(wideWindow).and(wide.gt(wideWindow.neg())).and(present));
    }
}
