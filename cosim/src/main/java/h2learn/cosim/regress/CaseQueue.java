package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands cases out to several workers. Each keeps to one accelerator as long as there are cases for it, so that two do not wait
 * for one and the same build; when all accelerators are begun, it helps where most cases are left.
 */
final class CaseQueue {
    private final Deque<Deque<CaseId>> fresh = new ArrayDeque<>();
    private final List<Deque<CaseId>> begun = new ArrayList<>();

    CaseQueue(Collection<CaseId> cases) {
        Map<Integer, Deque<CaseId>> groups = new LinkedHashMap<>();
        cases.forEach(id -> groups.computeIfAbsent(id.accelerator(), none -> new ArrayDeque<>())
                .add(id));
        fresh.addAll(groups.values());
    }

    /** The next case of a worker whose last one was {@code before}. */
    synchronized Optional<CaseId> next(Optional<CaseId> before) {
        begun.removeIf(Deque::isEmpty);
        for (Deque<CaseId> group : begun) {
            if (before.isPresent()
                    && group.element().accelerator() == before.get().accelerator()) {
                return Optional.of(group.remove());
            }
        }
        if (!fresh.isEmpty()) {
            begun.add(fresh.element());
            return Optional.of(fresh.remove().remove());
        }
        return begun.stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .map(Deque::remove);
    }
}
