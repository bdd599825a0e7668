package h2learn.rtl.backward;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.memory.ElementWrite;
import java.util.ArrayList;
import java.util.List;

/** Brings every lane's results to the write ports of their groups, each port for one lane a cycle. */
final class ResultSwitch extends Circuit {
    final Bool restart = in(bool());
    final List<Bool> valid = new ArrayList<>();
    final List<BackwardResult> result = new ArrayList<>();
    final List<Bool> taken = new ArrayList<>();
    /** By group. */
    final List<ElementWrite> writer = new ArrayList<>();

    final LaneArbiter arbiter;

    ResultSwitch(BackwardShape shape) {
        moduleName("BackwardResultSwitch");
        int lanes = shape.backwardLanes();
        arbiter = inst("arbiter", new LaneArbiter(lanes));
        arbiter.restart.assign(restart);
        for (int lane = 0; lane < lanes; lane++) {
            valid.add(in(bool()));
            result.add(in(BackwardResult.type(shape)));
            taken.add(out(bool()));
            writer.add(master(ElementWrite.type(shape.traceBits(), shape.owned(), shape.gradientBits())));
            arbiter.request.get(lane).assign(valid.get(lane));
            arbiter.target.get(lane).assign(result.get(lane).group);
            taken.get(lane).assign(arbiter.grant.get(lane));
        }
        for (int group = 0; group < lanes; group++) {
            ElementWrite port = writer.get(group);
            BackwardResult chosen = OneOf.select(arbiter.choice.get(group), result);
            port.enable.assign(arbiter.used.get(group));
            port.address.assign(chosen.word);
            port.element.assign(chosen.element);
            port.data.assign(chosen.data);
        }
    }
}
