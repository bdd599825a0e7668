package h2learn.rtl.layer;

import static h2learn.contract.CommandField.STATIC_INPUT;

import h2learn.contract.CommandField;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.logic.Pipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the {@link Geometry} of a command with one multiplier, one product a cycle. Holds the values until the next
 * start; {@code tooLarge} says that positions or points are more than the limit.
 */
public final class GeometryUnit extends Circuit {
    private static final int FACTOR_BITS = 16;

    public final Bool start = in(bool());
    public final Vec<Bits> command = in(vec(bits(32), CommandField.WORDS));
    /** In the last cycle of the computation. */
    public final Bool done = out(bool());

    public final Bool tooLarge = outReg(bool());
    /** In the order of {@link Geometry}. */
    public final List<UInt> value = new ArrayList<>();

    final Bool active = reg(bool()).init(false);
    final UInt index;
    final UInt left = wire(uint(Geometry.BITS));
    final UInt right = wire(uint(FACTOR_BITS));
    final UInt product = reg(uint(Geometry.BITS + FACTOR_BITS));
    final UInt productIndex;

    /**
     * @param name of the module, one for each use: SpinalHDL leaves out what a use does not need
     * @param limit most points of a command
     */
    public GeometryUnit(String name, int limit) {
        moduleName(name);
        Geometry[] all = Geometry.values();
        int indexBits = UInt.bitsFor(all.length + 1L);
        index = reg(uint(indexBits));
        productIndex = reg(uint(indexBits));
        for (Geometry each : all) {
            value.add(outReg(uint(Geometry.BITS)).named(each.name().toLowerCase(java.util.Locale.ROOT)));
        }
        List<UInt> lefts = new ArrayList<>();
        List<UInt> rights = new ArrayList<>();
        for (Geometry each : all) {
            if (each.left() instanceof Geometry earlier) {
                if (earlier.ordinal() + 2 > each.ordinal()) {
                    throw new IllegalStateException(earlier + " is not there yet when " + each + " needs it");
                }
                lefts.add(value.get(earlier.ordinal()));
            } else {
                lefts.add(field((CommandField) each.left()).resize(Geometry.BITS));
            }
            UInt factor = field(each.right()).resize(FACTOR_BITS);
            rights.add(
                    each.timesInputSteps()
                            ? mux(field(STATIC_INPUT).bit(0), UInt.lit(1, FACTOR_BITS), factor)
                            : factor);
        }
        Bool last = index.eq(all.length);
        left.assign(OneOf.select(index, lefts));
        right.assign(OneOf.select(index, rights));
        product.assign(left.mul(right));
        productIndex.assign(index);
        when(active, () -> {
            index.assign(index.add(1));
            when(last, () -> active.assign(false));
        });
        Bool arrived = Pipeline.valid(active.and(last.not()), 1);
        for (Geometry each : all) {
            when(arrived.and(productIndex.eq(each.ordinal())), () -> value.get(each.ordinal())
                    .assign(product.resize(Geometry.BITS)));
        }
        Bool counts = productIndex.eq(Geometry.POSITIONS.ordinal()).or(productIndex.eq(Geometry.POINTS.ordinal()));
        when(arrived.and(counts).and(product.gt(limit)), () -> tooLarge.assign(true));
        done.assign(active.and(last));
        when(start, () -> {
            active.assign(true);
            index.assign(0);
            tooLarge.assign(false);
        });
    }

    private UInt field(CommandField field) {
        return command.get(field.word())
                .slice(field.low() + field.bits() - 1, field.low())
                .asUInt();
    }
}
