package h2learn.rtl.backward;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * B lanes that ask for one of B targets each: every target goes to one of those that ask for it, the first from the
 * lane on whose turn it is; the turn goes round with every cycle.
 */
final class LaneArbiter extends Circuit {
    /** The turn begins with lane 0 again. */
    final Bool restart = in(bool());

    final List<Bool> request = new ArrayList<>();
    final List<UInt> target = new ArrayList<>();
    final List<Bool> grant = new ArrayList<>();
    /** By target: whether anybody asks for it, and which lane gets it. */
    final List<Bool> used = new ArrayList<>();

    final List<UInt> choice = new ArrayList<>();

    final UInt turn;

    LaneArbiter(int lanes) {
        moduleName("BackwardArbiter");
        int laneBits = Math.max(1, AcceleratorConfig.ceilLog2(lanes));
        turn = reg(uint(laneBits)).init(0);
        if (lanes > 1) {
            turn.assign(turn.add(1));
        }
        when(restart, () -> turn.assign(0));
        for (int lane = 0; lane < lanes; lane++) {
            request.add(in(bool()));
            target.add(in(uint(laneBits)));
            grant.add(out(bool()));
        }
        for (int each = 0; each < lanes; each++) {
            List<Bool> asking = new ArrayList<>();
            List<Bool> fromTurn = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                Bool asks = request.get(lane).and(target.get(lane).eq(each));
                asking.add(asks);
                fromTurn.add(asks.and(turn.le(lane)));
            }
            Bits all = Bits.concat(asking);
            Bits later = Bits.concat(fromTurn);
            UInt chosen = out(uint(laneBits));
            chosen.assign(mux(later.orR(), Count.firstOne(later), Count.firstOne(all)));
            Bool any = out(bool());
            any.assign(all.orR());
            choice.add(chosen);
            used.add(any);
        }
        for (int lane = 0; lane < lanes; lane++) {
            grant.get(lane)
                    .assign(request.get(lane)
                            .and(OneOf.select(target.get(lane), choice).eq(lane)));
        }
    }
}
