package h2learn.rtl.command;

import h2learn.contract.CommandQueue;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Count;
import java.util.ArrayList;
import java.util.List;

/** Counts the commands that are done: of every queue at most one a cycle, and the fences. */
public final class Completion extends Circuit {
    /** One a queue. */
    public final List<Bool> completed = new ArrayList<>();

    public final Bool fenceDone = in(bool());
    public final UInt count = outReg(uint(32)).init(0);

    public Completion() {
        moduleName("Completion");
        for (CommandQueue queue : CommandQueue.values()) {
            completed.add(in(bool()).named("completed_" + queue.name()));
        }
        List<Bool> all = new ArrayList<>(completed);
        all.add(fenceDone);
        count.assign(count.add(Count.ones(all).resize(32)));
    }
}
