package h2learn.rtl.backward;

import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;

/** Lets every backward lane read words of every weight bank, each bank for one lane a cycle. */
final class WeightSwitch extends Circuit {
    final Bool restart = in(bool());
    final List<Bool> request = new ArrayList<>();
    /** Which bank a lane asks for, and the word in it. */
    final List<UInt> group = new ArrayList<>();

    final List<UInt> address = new ArrayList<>();
    final List<Bool> grant = new ArrayList<>();
    /** The lane's word, one cycle after the grant. */
    final List<Vec<Bits>> word = new ArrayList<>();

    final List<ReadPort> bank = new ArrayList<>();
    final LaneArbiter arbiter;

    WeightSwitch(BackwardShape shape) {
        moduleName("BackwardWeightSwitch");
        WordLayout layout = shape.map().window(Scratchpad.BACKWARD_WEIGHT).layout();
        int lanes = shape.backwardLanes();
        arbiter = inst("arbiter", new LaneArbiter(lanes));
        arbiter.restart.assign(restart);
        for (int lane = 0; lane < lanes; lane++) {
            request.add(in(bool()));
            group.add(in(uint(shape.groupBits())));
            address.add(in(uint(Words.addressBits(shape.bankWords()))));
            grant.add(out(bool()));
            word.add(out(vec(bits(layout.beatBits()), layout.beats())));
            bank.add(master(ReadPort.type(layout, shape.bankWords())));
            arbiter.request.get(lane).assign(request.get(lane));
            arbiter.target.get(lane).assign(group.get(lane));
            grant.get(lane).assign(arbiter.grant.get(lane));
        }
        for (int each = 0; each < lanes; each++) {
            bank.get(each).read(arbiter.used.get(each), OneOf.select(arbiter.choice.get(each), address));
            UInt from = regNext(group.get(each));
            for (int beat = 0; beat < layout.beats(); beat++) {
                List<Bits> beats = new ArrayList<>();
                for (ReadPort port : bank) {
                    beats.add(port.data.get(beat));
                }
                word.get(each).get(beat).assign(OneOf.select(from, beats));
            }
        }
    }
}
