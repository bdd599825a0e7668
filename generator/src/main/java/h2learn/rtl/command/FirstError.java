package h2learn.rtl.command;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first error with the opcode and the index of its command; of several in one cycle that of the first source. */
public final class FirstError extends Circuit {
    /** One a source. */
    public final List<Bool> raised = new ArrayList<>();

    public final List<UInt> sourceCode = new ArrayList<>();
    public final List<UInt> sourceOpcode = new ArrayList<>();
    public final List<UInt> sourceIndex = new ArrayList<>();

    public final Bool failed = outReg(bool()).init(false);
    public final UInt code = outReg(uint(8)).init(0);
    public final UInt opcode = outReg(uint(CommandField.OPCODE.bits())).init(0);
    public final UInt index = outReg(uint(32)).init(0);

    public FirstError(int sources) {
        moduleName("FirstError");
        for (int source = 0; source < sources; source++) {
            raised.add(in(bool()));
            sourceCode.add(in(uint(8)));
            sourceOpcode.add(in(uint(CommandField.OPCODE.bits())));
            sourceIndex.add(in(uint(32)));
        }
        UInt firstCode = sourceCode.get(sources - 1);
        UInt firstOpcode = sourceOpcode.get(sources - 1);
        UInt firstIndex = sourceIndex.get(sources - 1);
        for (int source = sources - 2; source >= 0; source--) {
            firstCode = mux(raised.get(source), sourceCode.get(source), firstCode);
            firstOpcode = mux(raised.get(source), sourceOpcode.get(source), firstOpcode);
            firstIndex = mux(raised.get(source), sourceIndex.get(source), firstIndex);
        }
        UInt chosenCode = firstCode;
        UInt chosenOpcode = firstOpcode;
        UInt chosenIndex = firstIndex;
        when(Bool.any(raised).and(failed.not()), () -> {
            failed.assign(true);
            code.assign(chosenCode);
            opcode.assign(chosenOpcode);
            index.assign(chosenIndex);
        });
    }
}
