package h2learn.host.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.contract.MemoryMap;
import h2learn.host.RandomNetworks;
import h2learn.host.program.Access.Use;
import h2learn.model.machine.AccessListener;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.model.machine.Space;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The machine touches what the footprint says, on random commands over random contents. */
class FootprintTest {
    private static final int CONFIGS = 12;
    private static final int COMMANDS = 12;
    private static final int MEMORY_BYTES = 1 << 16;

    /** Weights whose input is 0, gradients of 0 and ds of empty points are left alone. */
    private static final Set<Opcode> LAZY =
            EnumSet.of(Opcode.BACKWARD, Opcode.NEURON_BACKWARD, Opcode.WEIGHT_GRADIENT, Opcode.POOL_BACKWARD);

    @Test
    void aCommandTouchesItsFootprintAndNothingElse() {
        for (int seed = 0; seed < CONFIGS; seed++) {
            AcceleratorConfig config = new RandomNetworks(seed).config();
            RandomCommands draw = new RandomCommands(seed, config, MEMORY_BYTES);
            Machine machine = filled(config, seed);
            for (Opcode opcode : Opcode.values()) {
                for (int index = 0; index < COMMANDS; index++) {
                    check(machine, draw.command(opcode), config);
                }
            }
        }
    }

    private static void check(Machine machine, Command command, AcceleratorConfig config) {
        List<Access> footprint = Footprint.of(command, config);
        Map<Space, Set<Long>> read = new EnumMap<>(Space.class);
        Map<Space, Set<Long>> written = new EnumMap<>(Space.class);
        machine.listen(new AccessListener() {
            @Override
            public void read(Space space, long word) {
                read.computeIfAbsent(space, none -> new TreeSet<>()).add(word);
            }

            @Override
            public void write(Space space, long word) {
                written.computeIfAbsent(space, none -> new TreeSet<>()).add(word);
            }
        });
        machine.run(command);
        for (Space space : Space.values()) {
            Set<Long> mayRead = words(footprint, space, false);
            Set<Long> mayWrite = words(footprint, space, true);
            Set<Long> wasRead = read.getOrDefault(space, Set.of());
            Set<Long> wasWritten = written.getOrDefault(space, Set.of());
            assertTrue(mayRead.containsAll(wasRead), () -> command + " reads " + space + " " + wasRead);
            assertTrue(mayWrite.containsAll(wasWritten), () -> command + " writes " + space + " " + wasWritten);
            boolean weights = space == Space.FORWARD_WEIGHT && command.opcode() == Opcode.FORWARD;
            if (!LAZY.contains(command.opcode()) && !weights) {
                assertEquals(mayRead, new TreeSet<>(wasRead), () -> command + " does not read all of " + space);
            }
            if (command.opcode() != Opcode.WEIGHT_GRADIENT) {
                for (Access access : footprint) {
                    if (access.space() == space && (access.use() == Use.WRITE || access.use() == Use.WRITE_PASSED)) {
                        assertTrue(
                                wasWritten.containsAll(words(List.of(access), space, true)),
                                () -> command + " does not write all of " + access);
                    }
                }
            }
        }
    }

    private static Set<Long> words(List<Access> footprint, Space space, boolean writes) {
        Set<Long> words = new TreeSet<>();
        for (Access access : footprint) {
            if (access.space() == space && access.use().writes() == writes) {
                access.runs((from, to) -> {
                    for (long word = from; word < to; word++) {
                        words.add(word);
                        assertTrue(access.has(word), () -> access + " has its own words");
                    }
                });
            }
        }
        return words;
    }

    /** A machine whose memories hold random bits: half of the gradients are 0. */
    private static Machine filled(AcceleratorConfig config, long seed) {
        Random random = new Random(seed);
        ExternalMemory external = new ExternalMemory(MEMORY_BYTES);
        external.write(0, random.ints(MEMORY_BYTES / 4).toArray());
        Machine machine = new Machine(config, external);
        MemoryMap map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            MemoryMap.Window window = map.window(scratchpad);
            int beats = window.words() * window.layout().beats();
            machine.write(
                    scratchpad,
                    0,
                    random.ints(beats).map(bits -> bits % 2 == 0 ? 0 : bits).toArray());
        }
        return machine;
    }
}
