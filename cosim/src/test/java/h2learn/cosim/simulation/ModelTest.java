package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.cosim.build.TestModels;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static Model counter(int seed) {
        return Model.open(
                TestModels.BUILD, TestModels.COUNTER, ModelOptions.defaults().withSeed(seed));
    }

    @Test
    void countsCycles() {
        try (Model model = counter(1)) {
            model.reset(2);
            model.port("enable").set(1);
            model.step(1000);
            assertEquals(1002, model.cycle());
            assertEquals(999, model.port("count").get(), "the last edge saw the value before it");
            model.settle();
            assertEquals(1000, model.port("count").get());
            assertEquals(1003, model.port("sum").get());
            assertEquals(1002, model.cycle(), "settling is no cycle");
            model.port("enable").set(0);
            model.settle();
            assertEquals(1000, model.port("sum").get(), "inputs reach outputs without an edge");
        }
    }
}
