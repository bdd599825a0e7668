package h2learn.cli;

import h2learn.data.DataSets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that h2learn or its scripts need from the system.
 *
 * @param name for people
 * @param debianPackage that brings it
 * @param required whether the commands fail without it; what is not required only some of them use
 * @param neededFor what
 * @param version finds its version; empty when it is not there
 */
record Requirement(
        String name,
        String debianPackage,
        boolean required,
        String neededFor,
        Function<Probe, Optional<String>> version) {

    /** All, in the order in which they are reported. */
    static List<Requirement> all() {
        return List.of(
                required("java", "openjdk-17-jdk-headless", "running h2learn", probe -> java()),
                tool("mvn", "maven", true, "building h2learn from source", "-version"),
                tool("verilator", "verilator", true, "cosim, train --engine rtl", "--version"),
                tool("g++", "g++", true, "cosim, train --engine rtl", "--version"),
                tool("make", "make", true, "cosim, train --engine rtl", "--version"),
                tool("ccache", "ccache", false, "faster rebuilds of simulations", "--version"),
                new Requirement("zlib headers", "zlib1g-dev", false, "waves in FST files", Probe::zlib),
                tool("yosys", "yosys", false, "scripts/test: synthesis check, proofs", "-V"),
                tool("z3", "z3", false, "scripts/test: proofs of small blocks", "--version"),
                tool("iverilog", "iverilog", false, "scripts/test: four-state simulation of small blocks", "-V"),
                new Requirement(
                        "RISC-V gcc",
                        "gcc-riscv64-unknown-elf",
                        false,
                        "scripts/test: the C driver on bare metal",
                        probe -> probe.version("riscv64-unknown-elf-gcc", "--version")),
                new Requirement(
                        "Fashion-MNIST",
                        "dataset-fashion-mnist",
                        false,
                        "training on more than the 256 embedded images",
                        probe -> dataSet()));
    }

    private static Requirement required(
            String name, String debianPackage, String neededFor, Function<Probe, Optional<String>> version) {
        return new Requirement(name, debianPackage, true, neededFor, version);
    }

    private static Requirement tool(
            String name, String debianPackage, boolean required, String neededFor, String argument) {
        return new Requirement(name, debianPackage, required, neededFor, probe -> probe.version(name, argument));
    }

    private static Optional<String> java() {
        return Optional.of(Runtime.version().toString());
    }

    private static Optional<String> dataSet() {
        return Files.isDirectory(DataSets.DEBIAN_FOLDER) ? Optional.of("installed") : Optional.empty();
    }
}
