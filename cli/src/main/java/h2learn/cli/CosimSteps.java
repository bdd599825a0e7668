package h2learn.cli;

import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.lockstep.PlanLockStep;
import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.model.fixed.SampleTrace;
import java.util.List;

/** A lock-step run, whichever way tensors go. */
interface CosimSteps {
    /** One update from one minibatch; gives the golden model's traces. */
    List<SampleTrace> step(List<Sample> minibatch, double learningRate);

    /** Registers and counters. */
    CommandPort port();

    /** 32-bit words compared so far. */
    long comparedWords();

    /** Through the scratchpads. */
    record OfScratchpads(LockStep lockStep) implements CosimSteps {
        @Override
        public List<SampleTrace> step(List<Sample> minibatch, double learningRate) {
            return lockStep.step(minibatch, learningRate);
        }

        @Override
        public CommandPort port() {
            return lockStep.driver().port();
        }

        @Override
        public long comparedWords() {
            return lockStep.comparedWords();
        }
    }

    /** Through external memory. */
    record OfMemory(PlanLockStep lockStep) implements CosimSteps {
        @Override
        public List<SampleTrace> step(List<Sample> minibatch, double learningRate) {
            return lockStep.step(minibatch, learningRate);
        }

        @Override
        public CommandPort port() {
            return lockStep.port();
        }

        @Override
        public long comparedWords() {
            return lockStep.comparedWords();
        }
    }
}
