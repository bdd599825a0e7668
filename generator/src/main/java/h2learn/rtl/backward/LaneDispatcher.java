package h2learn.rtl.backward;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the groups of a scanned word that have wanted channels to lanes that can take one, one a cycle: to an idle lane
 * first, else to one that has nothing waiting behind what it works on.
 */
final class LaneDispatcher extends Circuit {
    final Bool wordValid = in(bool());
    /** By group. */
    final List<Bits> groupMask = new ArrayList<>();

    final List<Bits> groupOpen = new ArrayList<>();
    /** By lane. */
    final List<Bool> laneIdle = new ArrayList<>();

    final List<Bool> laneReady = new ArrayList<>();
    final List<Bool> give = new ArrayList<>();
    /** An item is given. */
    final Bool given = out(bool());

    final UInt group;
    final Bits mask;
    final Bits open;
    /** Nothing of the word is left after this cycle. */
    final Bool wordTaken = out(bool());

    final Bits done;

    LaneDispatcher(BackwardShape shape) {
        moduleName("LaneDispatcher");
        int lanes = shape.backwardLanes();
        group = out(uint(shape.groupBits()));
        mask = out(bits(shape.owned()));
        open = out(bits(shape.owned()));
        done = reg(bits(lanes)).init(0);
        List<Bool> wanted = new ArrayList<>();
        List<Bool> idle = new ArrayList<>();
        for (int each = 0; each < lanes; each++) {
            groupMask.add(in(bits(shape.owned())));
            groupOpen.add(in(bits(shape.owned())));
            laneIdle.add(in(bool()));
            laneReady.add(in(bool()));
            wanted.add(groupMask.get(each).orR());
            idle.add(laneIdle.get(each).and(laneReady.get(each)));
        }
        Bits remaining = Bits.concat(wanted).and(done.not());
        Bits rest = Count.withoutFirst(remaining);
        Bits idleLanes = Bits.concat(idle);
        Bits readyLanes = Bits.concat(laneReady);
        UInt lane = mux(idleLanes.orR(), Count.firstOne(idleLanes), Count.firstOne(readyLanes));
        given.assign(wordValid.and(remaining.orR()).and(readyLanes.orR()));
        group.assign(Count.firstOne(remaining));
        mask.assign(OneOf.select(group, groupMask));
        open.assign(OneOf.select(group, groupOpen));
        for (int each = 0; each < lanes; each++) {
            Bool mine = out(bool());
            mine.assign(given.and(lane.eq(each)));
            give.add(mine);
        }
        wordTaken.assign(
                wordValid.and(remaining.orR().not().or(given.and(rest.orR().not()))));
        when(given, () -> done.assign(done.or(remaining.xor(rest))));
        when(wordTaken, () -> done.assign(0));
    }
}
