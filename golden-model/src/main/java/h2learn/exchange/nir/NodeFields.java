package h2learn.exchange.nir;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The datasets of one node. A field that is missing or of the wrong kind is noted and replaced by a harmless value. */
final class NodeFields {
    private static final int LARGEST_INTEGER = 1 << 24;

    private final String path;
    private final HdfEntry.Group node;
    private final List<String> problems;

    NodeFields(String path, HdfEntry.Group node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    boolean has(String name) {
        return node.entries().containsKey(name);
    }

    /** A string; empty when there is none. */
    String text(String name) {
        if (node.entries().get(name) instanceof HdfEntry.Texts texts
                && texts.texts().size() == 1) {
            return texts.texts().get(0);
        }
        wrong(name, "a string");
        return "";
    }

    Values numbers(String name) {
        if (node.entries().get(name) instanceof HdfEntry.Numbers numbers) {
            try {
                return numbers.values().finite(path + ": " + name);
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
                return Values.scalar(0);
            }
        }
        wrong(name, "numbers");
        return Values.scalar(0);
    }

    Optional<Values> optional(String name) {
        return has(name) ? Optional.of(numbers(name)) : Optional.empty();
    }

    Values matrix(String name) {
        return tensor(name, 2);
    }

    /** Numbers of so many dimensions; of size 1 in each when they are others. */
    Values tensor(String name, int dimensions) {
        int before = problems.size();
        Values values = numbers(name);
        if (values.shape().size() == dimensions) {
            return values;
        }
        if (problems.size() == before) {
            problems.add(path + ": " + name + ": has the shape " + values.shape() + ", not " + dimensions
                    + " dimensions; write it as the framework's own export does");
        }
        return new Values(IntStream.range(0, dimensions).mapToObj(axis -> 1).toList(), new double[1]);
    }

    /** A list of integers; a scalar is a list of one. */
    List<Integer> integers(String name) {
        if (node.entries().get(name) instanceof HdfEntry.Numbers numbers
                && numbers.values().shape().size() <= 1
                && numbers.values().size() <= 8) {
            boolean usable = true;
            for (double value : numbers.values().data()) {
                usable &= value == Math.rint(value) && Math.abs(value) <= LARGEST_INTEGER;
            }
            if (usable) {
                return IntStream.range(0, numbers.values().size())
                        .mapToObj(index -> (int) numbers.values().data()[index])
                        .toList();
            }
        }
        wrong(name, "a list of at most 8 integers");
        return List.of(1);
    }

    int integer(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        List<Integer> list = integers(name);
        if (list.size() != 1) {
            wrong(name, "one integer");
        }
        return list.isEmpty() ? otherwise : list.get(0);
    }

    /** Two integers, vertical and horizontal; one stands for both. */
    List<Integer> pair(String name) {
        List<Integer> list = integers(name);
        if (list.size() == 1) {
            return List.of(list.get(0), list.get(0));
        }
        if (list.size() != 2) {
            wrong(name, "one or two integers");
            return List.of(1, 1);
        }
        return list;
    }

    /** Zeros on either side; "valid" is none, "same" what keeps the size at stride 1. */
    List<Integer> padding(String name, Values weight, List<Integer> dilation) {
        if (!(node.entries().get(name) instanceof HdfEntry.Texts)) {
            return pair(name);
        }
        String word = text(name);
        if (word.equals("valid")) {
            return List.of(0, 0);
        }
        int vertical = dilation.get(0) * (weight.shape().get(2) - 1);
        int horizontal = dilation.get(1) * (weight.shape().get(3) - 1);
        if (!word.equals("same")) {
            problems.add(path + ": " + name + ": \"" + word + "\" is neither same nor valid nor numbers");
        } else if (vertical % 2 != 0 || horizontal % 2 != 0) {
            problems.add(path + ": " + name
                    + ": \"same\" pads an even kernel unevenly, which is not supported; use an odd kernel or numbers");
        }
        return List.of(vertical / 2, horizontal / 2);
    }

    private void wrong(String name, String expected) {
        HdfEntry entry = node.entries().get(name);
        String what;
        if (entry == null) {
            what = "is missing";
        } else if (entry instanceof HdfEntry.Unreadable unreadable) {
            what = unreadable.reason();
        } else {
            what = "is something else";
        }
        problems.add(path + ": " + name + ": " + what + "; expected " + expected);
    }
}
