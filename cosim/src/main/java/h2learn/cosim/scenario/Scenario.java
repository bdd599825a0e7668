package h2learn.cosim.scenario;

/** A short run of an accelerator that ends with an exception when anything is not as it must be. */
public interface Scenario {
    /** What it looks at; unique among the scenarios of a configuration. */
    String name();

    /**
     * Runs it. Opens what models it needs on the stage and closes them.
     *
     * @throws ScenarioException or one of the lock-step's, the transport's or the simulation's exceptions at the first
     *     difference
     */
    void run(Stage stage);
}
