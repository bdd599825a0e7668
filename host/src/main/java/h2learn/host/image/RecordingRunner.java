package h2learn.host.image;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.image.NetworkImage.Check;
import h2learn.host.image.NetworkImage.Region;
import h2learn.host.image.NetworkImage.Stage;
import h2learn.host.image.NetworkImage.StageKind;
import h2learn.host.image.NetworkImage.Write;
import h2learn.host.plan.ProgramRunner;
import h2learn.model.machine.AccessListener;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.model.machine.Space;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Takes down what a session does, as stages, and runs its programs on the golden machine. */
final class RecordingRunner implements ProgramRunner {
    private final ExternalMemory memory;
    private final Machine machine;
    private final List<Region> regions;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final BitSet written = new BitSet();
    private StageKind kind = StageKind.BEGIN;
    private int samples;

    RecordingRunner(AcceleratorConfig config, long memoryBytes, List<Region> regions) {
        memory = new ExternalMemory(memoryBytes);
        machine = new Machine(config, memory);
        this.regions = regions;
        machine.listen(new AccessListener() {
            @Override
            public void read(Space space, long word) {}

            @Override
            public void write(Space space, long word) {
                if (space == Space.MEMORY) {
                    written.set(Math.toIntExact(word));
                }
            }
        });
    }

    /** What the next program is. */
    void next(StageKind nextKind, int nextSamples) {
        kind = nextKind;
        samples = nextSamples;
    }

    List<Stage> stages() {
        return stages;
    }

    List<Command> commands() {
        return commands;
    }

    @Override
    public void run(List<Command> program) {
        written.clear();
        machine.run(program);
        stages.add(new Stage(kind, samples, writes, first(program), program.size(), checks()));
        writes.clear();
    }

    /** Where these commands stand; steps differ only where they round at random, so most share theirs. */
    private int first(List<Command> program) {
        int first = Collections.indexOfSubList(words(commands), words(program));
        if (first < 0) {
            first = commands.size();
            commands.addAll(program);
        }
        return first;
    }

    private static List<Words> words(List<Command> program) {
        return program.stream().map(command -> Words.of(command.words())).toList();
    }

    /** Every run of words that the program wrote, region by region. */
    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (int index = 0; index < regions.size(); index++) {
            Region region = regions.get(index);
            int end = Math.toIntExact((region.address() + region.bytes()) / 4);
            int from = written.nextSetBit(Math.toIntExact(region.address() / 4));
            while (from >= 0 && from < end) {
                int to = Math.min(written.nextClearBit(from), end);
                int crc = Words.crc(memory.read(4L * from, to - from));
                checks.add(new Check(index, 4L * from, 4L * (to - from), crc));
                from = written.nextSetBit(to);
            }
        }
        return checks;
    }

    @Override
    public void write(long address, int[] words) {
        memory.write(address, words);
        writes.add(new Write(address, Words.of(words)));
    }

    @Override
    public int[] read(long address, int count) {
        return memory.read(address, count);
    }
}
