package h2learn.host.plan;

import java.util.ArrayList;
import java.util.List;

/** Collects what does not fit, each as what is needed, how much, and the limit to raise. */
final class Fit {
    private final List<String> problems = new ArrayList<>();

    void require(String what, long needed, long there, String limit) {
        if (needed > there) {
            problems.add(needed + " " + what + " are needed, " + limit + " holds " + there);
        }
    }

    void add(String problem) {
        problems.add(problem);
    }

    boolean good() {
        return problems.isEmpty();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
