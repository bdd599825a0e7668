package h2learn.hdl;

import h2learn.hdl.Design.Direction;
import h2learn.hdl.Design.Memory;
import h2learn.hdl.Design.Port;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import scala.runtime.BoxedUnit;
import spinal.core.BaseType;
import spinal.core.Component;
import spinal.core.Mem;
import spinal.core.MemReadAsync;
import spinal.core.MemReadSync;
import spinal.core.MemReadWrite;
import spinal.core.MemWrite;

/** Reads ports and memories off an elaborated component. */
final class DesignReader {
    private final Map<String, Integer> instances = new TreeMap<>();
    private final Map<String, Component> modules = new TreeMap<>();

    private DesignReader(Component top) {
        top.walkComponents(component -> {
            instances.merge(component.definitionName(), 1, Integer::sum);
            // equal modules are emitted once: any instance tells what is in it
            modules.putIfAbsent(component.definitionName(), component);
            return BoxedUnit.UNIT;
        });
    }

    static Design read(Component top, SortedMap<String, String> files) {
        DesignReader reader = new DesignReader(top);
        List<Memory> memories = new ArrayList<>();
        reader.modules.forEach((name, component) -> memories.addAll(reader.memories(name, component)));
        return new Design(top.definitionName(), files, ports(top), List.copyOf(memories));
    }

    private static List<Port> ports(Component top) {
        List<Port> ports = new ArrayList<>();
        for (BaseType port : Interop.list(top.getOrdredNodeIo())) {
            Direction direction = port.isInput() ? Direction.INPUT : Direction.OUTPUT;
            ports.add(new Port(port.getName(), direction, port.getBitsWidth()));
        }
        return List.copyOf(ports);
    }

    private List<Memory> memories(String module, Component component) {
        List<Memory> found = new ArrayList<>();
        component.dslBody().walkStatements(statement -> {
            if (statement instanceof Mem<?> memory) {
                found.add(memory(module, memory));
            }
            return BoxedUnit.UNIT;
        });
        found.sort(Comparator.comparing(Memory::name, DesignReader::byNumber));
        return found;
    }

    private Memory memory(String module, Mem<?> memory) {
        int[] ports = new int[3];
        memory.foreachStatements(port -> {
            if (port instanceof MemReadAsync) {
                ports[0]++;
            } else if (port instanceof MemReadSync) {
                ports[1]++;
            } else if (port instanceof MemWrite) {
                ports[2]++;
            } else if (port instanceof MemReadWrite) {
                ports[1]++;
                ports[2]++;
            }
            return BoxedUnit.UNIT;
        });
        return new Memory(
                module,
                memory.getName(),
                memory.wordCount(),
                memory.width(),
                ports[0],
                ports[1],
                ports[2],
                instances.getOrDefault(module, 0));
    }

    /** bank_2 before bank_10. */
    private static int byNumber(String left, String right) {
        int byLength = left.replaceFirst("[0-9]+$", "").compareTo(right.replaceFirst("[0-9]+$", ""));
        if (byLength != 0) {
            return byLength;
        }
        int shorter = Integer.compare(left.length(), right.length());
        return shorter != 0 ? shorter : left.compareTo(right);
    }
}
