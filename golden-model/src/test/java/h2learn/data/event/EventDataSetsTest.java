package h2learn.data.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.data.event.SyntheticEvents.Figure;
import h2learn.model.Parameters;
import h2learn.model.train.ReferenceEngine;
import h2learn.model.train.Trainer;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.tensor.ElementType;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EventDataSetsTest {
    @TempDir
    private Path folder;

    @Test
    void binsAreOfEqualLength() {
        EventList events = new EventList(4);
        events.add(0, 0, 1000, true);
        events.add(1, 0, 1049, false);
        events.add(1, 1, 1050, true);
        events.add(0, 1, 1099, false);
        Sample sample = new SpikeFrames(2, 2, 2, 1, 1).sample(events, 7, "a");
        assertArrayEquals(new int[] {0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1}, sample.values());
        assertEquals(7, sample.label());
    }

    @Test
    void squaresOfPixelsBecomeOneAndFewEventsAreNoSpike() {
        EventList events = new EventList(4);
        events.add(0, 0, 0, true);
        events.add(1, 1, 1, true);
        events.add(2, 0, 2, true);
        events.add(4, 4, 3, true);
        assertArrayEquals(
                new int[] {0, 1, 0, 0, 0, 0, 0, 0},
                new SpikeFrames(5, 5, 1, 2, 2).sample(events, 0, "a").values());
    }

    @Test
    void eventsBeyondTheCameraAreRefused() {
        EventList events = new EventList(1);
        events.add(34, 0, 0, true);
        SpikeFrames frames = new SpikeFrames(34, 34, 4, 1, 1);
        assertMessage(
                () -> frames.sample(events, 0, "a.bin"), "a.bin: event 0 is at (34, 0), beyond a camera of 34x34");
        assertMessage(() -> frames.sample(new EventList(0), 0, "a.bin"), "a.bin: holds no event");
        assertMessage(() -> new SpikeFrames(2000, 2000, 64, 1, 1), "more than 33554432 values");
        assertMessage(() -> new SpikeFrames(34, 34, 0, 1, 1), "each must be at least 1");
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void syntheticSetsDependOnTheSeedAlone(Figure figure) {
        DataSet one = EventDataSets.synthetic(figure, 20, 10, 6, 1);
        DataSet same = EventDataSets.synthetic(figure, 20, 10, 6, 1);
        DataSet other = EventDataSets.synthetic(figure, 20, 10, 6, 2);
        assertEquals(20, one.train().size());
        assertEquals(10, one.test().size());
        for (int index = 0; index < 20; index++) {
            Sample sample = one.train().get(index);
            assertArrayEquals(sample.values(), same.train().get(index).values());
            assertEquals(index % figure.classes(), sample.label());
            int spikes = Arrays.stream(sample.values()).sum();
            assertTrue(spikes > 30 && spikes < sample.values().length / 3, spikes + " spikes");
            assertNotEquals(
                    Arrays.hashCode(sample.values()),
                    Arrays.hashCode(other.train().get(index).values()));
        }
    }

    @Test
    void aBarsDirectionIsInItsEvents() {
        // where brighter events are early and late tells right from left
        for (int number = 0; number < 8; number++) {
            EventList events = SyntheticEvents.recording(Figure.BARS, 3, number);
            double early = 0;
            double late = 0;
            int earlyCount = 0;
            int lateCount = 0;
            boolean horizontal = number % 4 < 2;
            for (int event = 0; event < events.count(); event++) {
                int place = horizontal ? events.x(event) : events.y(event);
                if (events.polarity(event) == 1 && events.time(event) < SyntheticEvents.DURATION / 3) {
                    early += place;
                    earlyCount++;
                } else if (events.polarity(event) == 1 && events.time(event) > SyntheticEvents.DURATION / 2) {
                    late += place;
                    lateCount++;
                }
            }
            boolean forward = number % 2 == 0;
            assertTrue(forward == late / lateCount > early / earlyCount, "recording " + number);
        }
    }

    @Test
    void foldersByClassAreSplitBySeed() throws IOException {
        for (String name : List.of("10", "9", "bird")) {
            for (int number = 0; number < 10; number++) {
                write(folder.resolve(name).resolve(number + ".npy"), number);
            }
        }
        SpikeFrames frames = new SpikeFrames(16, 16, 2, 1, 1);
        DataSet set = EventDataSets.read(folder, frames, 0.2, 1);
        assertEquals(24, set.train().size());
        assertEquals(6, set.test().size());
        assertEquals(
                10,
                IntStream.concat(
                                set.train().stream().mapToInt(Sample::label),
                                set.test().stream().mapToInt(Sample::label))
                        .filter(label -> label == 0)
                        .count());
        assertEquals(labels(set), labels(EventDataSets.read(folder, frames, 0.2, 1)));
        assertNotEquals(labels(set), labels(EventDataSets.read(folder, frames, 0.2, 2)));
        assertMessage(() -> EventDataSets.read(folder, frames, 1.5, 1), "test share 1.5 is not between 0 and 1");
        assertMessage(() -> EventDataSets.read(folder.resolve("none"), frames, 0.2, 1), "no such folder");
        assertMessage(() -> EventDataSets.read(folder.resolve("9"), frames, 0.2, 1), "holds no recordings");
    }

    @Test
    void trainAndTestFoldersStay() throws IOException {
        write(folder.resolve("Train/0/a.npy"), 1);
        write(folder.resolve("Train/1/a.npy"), 2);
        write(folder.resolve("Test/0/a.npy"), 3);
        write(folder.resolve("Test/1/a.npy"), 4);
        DataSet set = EventDataSets.read(folder, new SpikeFrames(16, 16, 2, 1, 1), 0.5, 1);
        assertEquals(List.of(0, 1), set.train().stream().map(Sample::label).toList());
        assertEquals(List.of(0, 1), set.test().stream().map(Sample::label).toList());
    }

    @Test
    void labelFilesCutRecordings() throws IOException {
        write(folder.resolve("user1.npy"), 1);
        Files.writeString(folder.resolve("user1_labels.csv"), "class,start,end\n2,100,149\n1,150,199\n");
        DataSet set = EventDataSets.read(folder, new SpikeFrames(16, 16, 2, 1, 1), 0.5, 1);
        assertEquals(1, set.train().size());
        assertEquals(1, set.test().size());
        assertEquals(1, set.train().get(0).label() + set.test().get(0).label());
        Files.writeString(folder.resolve("user1_labels.csv"), "class,start,end\n0,100,149\nx\n");
        assertMessage(
                () -> EventDataSets.read(folder, new SpikeFrames(16, 16, 2, 1, 1), 0.5, 1),
                "line 2: is not a class from 1");
    }

    @Test
    void networksGetFramesOfTheirSizeAndLearnThem() {
        Network network = network(2, 8, 8);
        DataSet set = EventDataSets.forNetwork("moving-bars", List.of(), network, 1);
        assertEquals(6 * 2 * 8 * 8, set.train().get(0).values().length);
        try (Workers workers = new Workers(1)) {
            ReferenceEngine engine = new ReferenceEngine(network, Parameters.initial(network, 1));
            Trainer trainer = new Trainer(engine, workers, 1);
            trainer.train(set.train().subList(0, 400), List.of(), 4, (epoch, done, all) -> {}, report -> {});
            double accuracy = trainer.accuracy(set.test().subList(0, 100));
            assertTrue(accuracy > 0.7, "of four directions only " + accuracy + " were learned");
        }
        assertTrue(EventDataSets.isOne("moving-digits"));
        assertFalse(EventDataSets.isOne("moving-cars"));
        assertMessage(
                () -> EventDataSets.forNetwork("moving-bars", List.of(), network(1, 8, 8), 1),
                "events are spikes of 2 channels");
        assertMessage(
                () -> EventDataSets.forNetwork("moving-bars", List.of(), network(2, 8, 4), 1), "do not become the 4x8");
        assertMessage(
                () -> EventDataSets.forNetwork("moving-digits", List.of(), network, 1), "is none of the network's 4");
    }

    private static Network network(int channels, int height, int width) {
        return new Network(
                "test",
                "A test network.",
                new Network.Input(channels, height, width, Network.Encoding.SPIKES, 1, 0, false),
                6,
                new Network.Neuron(0.5, 0.5, 0.5, 1),
                List.of(new Network.Dense(32, true, 9), new Network.Dense(8, true, 8)),
                new Network.Classes(4, 2),
                new Network.Training(20, 4, 0.5, 1, 1));
    }

    /** 100 events from 100 to 199 microseconds. */
    private static void write(Path file, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        long[] values = new long[400];
        for (int event = 0; event < 100; event++) {
            values[4 * event] = (event * 7 + seed) % 16;
            values[4 * event + 1] = (event * 5 + seed) % 16;
            values[4 * event + 2] = 100 + event;
            values[4 * event + 3] = event % 2;
        }
        Npy.write(file, NpyArray.integers(ElementType.INT32, values, 100, 4));
    }

    private static List<Integer> labels(DataSet set) {
        return IntStream.concat(
                        set.train().stream().mapToInt(Sample::label),
                        set.test().stream().mapToInt(Sample::label))
                .boxed()
                .toList();
    }

    private static void assertMessage(org.junit.jupiter.api.function.Executable executable, String sentence) {
        String message = assertThrows(InvalidInputException.class, executable).getMessage();
        assertTrue(message.contains(sentence), message);
    }
}
