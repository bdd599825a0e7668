package h2learn.cosim.cases;

import static h2learn.cosim.cases.RunDimensions.CHECK;
import static h2learn.cosim.cases.RunDimensions.PLAN;
import static h2learn.cosim.cases.RunDimensions.SAMPLES;
import static h2learn.cosim.cases.RunDimensions.TIMING;
import static h2learn.cosim.cases.RunDimensions.UPDATES;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.cases.Draw.DeadEnd;
import h2learn.network.Network;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws cases: everything of one follows from its {@link CaseId}, whatever was drawn before. */
public final class CaseDraw {
    /** How often the dimensions are drawn until a network is found. */
    private static final int CHOICES = 1000;

    /** How many networks are tried with the same dimensions. */
    private static final int NETWORKS = 60;

    private CaseDraw() {}

    /** The accelerator that all cases of a seed and accelerator number share. */
    public static AcceleratorConfig accelerator(CaseId id) {
        return AcceleratorDraw.of(name(id), acceleratorDraw(id));
    }

    public static DrawnCase of(CaseId id) {
        Draw ofAccelerator = acceleratorDraw(id);
        AcceleratorConfig config = AcceleratorDraw.of(name(id), ofAccelerator);
        Draw draw = new Draw(id.seed(), id.accelerator(), id.number());
        for (int choice = 0; choice < CHOICES; choice++) {
            draw.backTo(ofAccelerator);
            try {
                Case found = draw(id, config, draw);
                SortedMap<Rejection, Integer> rejections = new TreeMap<>(draw.rejections());
                if (id.number() == 0) {
                    ofAccelerator
                            .rejections()
                            .forEach((rejection, times) -> rejections.merge(rejection, times, Integer::sum));
                }
                return new DrawnCase(found, draw.labels(), rejections);
            } catch (DeadEnd end) {
                draw.reject(Rejection.of(String.valueOf(end.getMessage())));
            }
        }
        throw new IllegalStateException("no network was found for the accelerator of case " + id + ", " + config);
    }

    private static Draw acceleratorDraw(CaseId id) {
        return new Draw(id.seed(), id.accelerator(), -1);
    }

    private static String name(CaseId id) {
        return "regress-" + id.accelerator();
    }

    private static Case draw(CaseId id, AcceleratorConfig config, Draw draw) throws DeadEnd {
        draw.pick(PLAN);
        draw.pick(CHECK);
        draw.pick(TIMING);
        int samples = draw.within(SAMPLES);
        int updates = draw.pick(UPDATES);
        NetworkDraw networks = new NetworkDraw(config, draw);
        networks.dimensions();
        CaseFit fit = new CaseFit(config, draw.get(PLAN), samples, updates);
        for (int attempt = 0; attempt < NETWORKS; attempt++) {
            Network network;
            try {
                network = networks.network(name(id) + "-" + id.number(), samples);
            } catch (DeadEnd end) {
                draw.reject(Rejection.of(String.valueOf(end.getMessage())));
                continue;
            }
            List<String> problems = fit.problems(network);
            if (problems.isEmpty()) {
                return new Case(
                        id.toString(),
                        config,
                        network,
                        draw.get(PLAN),
                        draw.get(CHECK),
                        samples,
                        updates,
                        draw.between(1, Integer.MAX_VALUE - 1),
                        draw.get(TIMING),
                        List.of());
            }
            draw.reject(Rejection.of(problems.get(0)));
        }
        throw new DeadEnd("no network of the chosen dimensions fits");
    }
}
