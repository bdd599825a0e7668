package h2learn.exchange.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Graph.Edge;
import h2learn.network.Network;
import h2learn.network.Network.Reset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GraphImportTest {
    private static final ImportOptions OPTIONS = ImportOptions.of("test", 1e-4, Reset.HARD, 4);

    @Test
    void eulerFoldsTheGainIntoWeightsAndBiases() {
        Node lif = new Node.Neurons(
                Node.Kind.LEAKY,
                Values.filled(3, 4e-4),
                Values.of(4, 2, 4),
                Values.of(0, 0, 0.5),
                Values.scalar(0.5),
                Optional.of(Values.filled(3, 0)));
        GraphImport.Imported imported = GraphImport.of(TestGraphs.with("lif", lif), OPTIONS);
        assertEquals(0.75, imported.network().neuron().alpha());
        assertEquals(0.5, imported.network().neuron().theta());
        assertArrayEquals(
                new double[] {0.5, 0.25, -0.25, 0.5, 0.125, 0.75},
                imported.parameters().weight(0),
                1e-15);
        assertArrayEquals(
                new double[] {0.25, 0, -0.25 + 0.125}, imported.parameters().bias(0), 1e-15);
    }

    @Test
    void exactTakesTheExponential() {
        Discretisation exact = new Discretisation(1, Discretisation.Method.EXACT, Reset.HARD);
        Discretisation.Constants constants = exact.constants(Node.Kind.LEAKY, 1 / Math.log(2), 3, 0.5);
        assertEquals(0.5, constants.alpha(), 1e-12);
        assertEquals(1.5, constants.gain(), 1e-12);
        assertEquals(0.25, constants.offset(), 1e-12);
        for (Discretisation.Method method : Discretisation.Method.values()) {
            Discretisation one = new Discretisation(1e-4, method, Reset.HARD);
            for (double alpha = 1.0 / 256; alpha < 1; alpha += 1.0 / 256) {
                assertEquals(alpha, one.alpha(one.tau(alpha)));
            }
        }
    }

    @Test
    void asksForWhatTheFileCannotTell() {
        ImportOptions nothing = new ImportOptions(
                "test", Optional.empty(), Optional.empty(), Discretisation.Method.EULER, Optional.empty(), 1, 1, 0.5);
        List<String> problems = problems(TestGraphs.chain(TestGraphs.nodes()), nothing);
        assertEquals(3, problems.size());
        assertTrue(problems.get(0).contains("--dt"), problems.get(0));
        assertTrue(problems.get(1).contains("--reset"), problems.get(1));
        assertTrue(problems.get(2).contains("--steps"), problems.get(2));
        Graph told = new Graph(
                "told.nir",
                "1.0",
                TestGraphs.nodes(),
                TestGraphs.chain(TestGraphs.nodes()).edges(),
                new Graph.Hints(Optional.of(1e-4), Optional.of("soft"), Optional.of(7)));
        Network network = GraphImport.of(told, nothing).network();
        assertEquals(Reset.SOFT, network.neuron().reset());
        assertEquals(7, network.steps());
    }

    @Test
    void edgesToMissingNodesAreNamed() {
        Graph graph = TestGraphs.withEdges(TestGraphs.chain(TestGraphs.nodes()), new Edge("lif", "lif1.w_rec"));
        assertProblem(graph, "edges[3]: lif -> lif1.w_rec names the node lif1.w_rec, which does not exist");
    }

    @Test
    void branchesLoopsAndLooseNodesAreNamed() {
        assertProblem(
                TestGraphs.withEdges(TestGraphs.chain(TestGraphs.nodes()), new Edge("lif", "fc")),
                "node lif (LIF): goes on to several nodes, out, fc");
        Map<String, Node> loose = TestGraphs.nodes();
        Graph chain = TestGraphs.chain(loose);
        loose.put("extra", new Node.Flatten(0, -1));
        assertProblem(
                new Graph("test.nir", "1.0", loose, chain.edges(), Graph.Hints.NONE),
                "the nodes extra are not on the way");
        assertProblem(
                new Graph("test.nir", "1.0", TestGraphs.nodes(), chain.edges().subList(0, 2), Graph.Hints.NONE),
                "node lif (LIF): goes on to no node");
        List<Edge> loop = List.of(new Edge("in", "fc"), new Edge("fc", "lif"), new Edge("lif", "fc"));
        assertProblem(
                new Graph("test.nir", "1.0", TestGraphs.nodes(), loop, Graph.Hints.NONE),
                "node fc (Affine): has several predecessors, in, lif");
    }

    @Test
    void parametersThatDifferFromNeuronToNeuronAreRefused() {
        Values different = Values.of(0.5, 0.5, 0.25);
        assertProblem(
                TestGraphs.with("lif", TestGraphs.lif(Values.scalar(2e-4), Values.scalar(2), different)),
                "node lif (LIF): v_threshold differs from neuron to neuron, 0.25 to 0.5");
        assertProblem(
                TestGraphs.with("lif", TestGraphs.lif(different, Values.scalar(2), Values.scalar(0.5))),
                "node lif (LIF): tau differs from neuron to neuron");
    }

    @Test
    void shapesAndValuesThatDoNotFitAreNamed() {
        assertProblem(
                TestGraphs.with("in", new Node.Input(List.of(5))), "node fc (Affine): its weight of shape [3, 2]");
        assertProblem(
                TestGraphs.with("lif", TestGraphs.lif(Values.filled(4, 2e-4), Values.scalar(2), Values.scalar(1))),
                "node lif (LIF): has parameters of the shape [4]");
        assertProblem(
                TestGraphs.with("lif", TestGraphs.lif(Values.scalar(5e-5), Values.scalar(2), Values.scalar(1))),
                "a step must not be longer than tau");
        assertProblem(
                TestGraphs.with("lif", TestGraphs.lif(Values.scalar(2e-4), Values.scalar(2), Values.scalar(0))),
                "v_threshold is 0.0; the accelerator needs one above 0");
        assertProblem(TestGraphs.with("out", new Node.Output(List.of(4))), "node out (Output): its shape [4]");
        assertProblem(
                TestGraphs.with("late", new Node.Dense(new Values(List.of(1, 3), new double[3]), Optional.empty())),
                "node out (Output): follows the weights late without neurons");
        Node resets = new Node.Neurons(
                Node.Kind.LEAKY,
                Values.scalar(2e-4),
                Values.scalar(2),
                Values.scalar(0),
                Values.scalar(1),
                Optional.of(Values.scalar(0.1)));
        assertProblem(TestGraphs.with("lif", resets), "v_reset is 0.1; the accelerator resets to 0 only");
        assertProblem(
                TestGraphs.with("cuba", new Node.Refused("CubaLIF", "it has two states")),
                "node cuba (CubaLIF): is not supported: it has two states");
    }

    @Test
    void unsupportedConvolutionsAndPoolsAreNamed() {
        assertProblem(conv(new int[] {4, 1, 3, 3}, 1, 1, 2, 2), "groups is 2; only 1 is supported");
        assertProblem(conv(new int[] {4, 2, 9, 9}, 1, 4, 1, 2), "node conv (Conv2d): has a kernel of [9, 9]");
        assertProblem(conv(new int[] {4, 2, 3, 3}, 5, 1, 1, 2), "stride [5, 5]");
        assertProblem(conv(new int[] {4, 3, 3, 3}, 1, 1, 1, 2), "reads 3 channels");
        assertProblem(conv(new int[] {4, 2, 3, 3}, 1, 1, 1, 5), "node pool (SumPool2d): has a kernel of [5, 5]");
    }

    private static Graph conv(int[] weight, int stride, int padding, int groups, int pool) {
        List<Integer> shape = List.of(weight[0], weight[1], weight[2], weight[3]);
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(List.of(2, 30, 30)));
        nodes.put(
                "conv",
                new Node.Convolution(
                        Optional.empty(),
                        new Values(shape, new double[(int) Values.count(shape)]),
                        List.of(stride, stride),
                        List.of(padding, padding),
                        List.of(1, 1),
                        groups,
                        Optional.empty()));
        nodes.put("lif", TestGraphs.lif(Values.scalar(2e-4), Values.scalar(2), Values.scalar(1)));
        nodes.put("pool", new Node.Pool(false, List.of(pool, pool), List.of(pool, pool), List.of(0, 0)));
        nodes.put("flatten", new Node.Flatten(0, -1));
        int side = ((30 + 2 * padding - weight[2]) / stride + 1 - pool) / pool + 1;
        int inputs = weight[0] * side * side;
        nodes.put("fc", new Node.Dense(new Values(List.of(1, inputs), new double[inputs]), Optional.empty()));
        nodes.put("last", TestGraphs.lif(Values.scalar(2e-4), Values.scalar(2), Values.scalar(1)));
        nodes.put("out", new Node.Output(List.of(1)));
        return TestGraphs.chain(nodes);
    }

    private static void assertProblem(Graph graph, String sentence) {
        List<String> problems = problems(graph, OPTIONS);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(sentence)), problems.toString());
        assertTrue(problems.stream().allMatch(problem -> problem.startsWith("test.nir: ")), problems.toString());
    }

    private static List<String> problems(Graph graph, ImportOptions options) {
        return assertThrows(InvalidInputException.class, () -> GraphImport.of(graph, options))
                .problems();
    }
}
