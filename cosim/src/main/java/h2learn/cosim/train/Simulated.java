package h2learn.cosim.train;

import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.Model;
import h2learn.host.plan.StepPlan;

/** What every simulated accelerator is given. */
public final class Simulated {
    /** As many answers as the slave queues. */
    private static final int OUTSTANDING = 8;

    private static final long RESET_CYCLES = 4;
    private static final long PAGE_BYTES = 4096;

    private Simulated() {}

    /** Resets a model whose bus is to work at full rate. */
    public static void reset(Model model) {
        model.bus().outstanding(OUTSTANDING);
        model.reset(RESET_CYCLES);
    }

    /** External memory for a plan, in whole pages. */
    public static MemoryPlace memory(StepPlan plan) {
        long pages = (plan.layout().bytes() + PAGE_BYTES - 1) / PAGE_BYTES;
        return new MemoryPlace("m_axi_", 0, pages * PAGE_BYTES);
    }
}
