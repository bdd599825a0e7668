package h2learn.rtl;

import h2learn.hdl.Area;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.rtl.transfer.LoadUnit;
import h2learn.rtl.transfer.ReadMaster;
import h2learn.rtl.transfer.StoreUnit;
import h2learn.rtl.transfer.TransferShape;
import h2learn.rtl.transfer.WriteMaster;

/**
 * The AXI4 master's two halves. They stay outside the part that RESTART resets: a burst under way must be finished. The
 * ring ports of {@code reader} are left to the command ring.
 */
final class ExternalMemory extends Area {
    final ReadMaster reader;
    final WriteMaster writer;

    ExternalMemory(TransferShape shape) {
        reader = Circuit.inst(new ReadMaster(shape));
        writer = Circuit.inst(new WriteMaster(shape));
    }

    /** What was under way at a RESTART is not finished yet. */
    Bool draining() {
        return reader.draining.or(writer.draining);
    }

    void connect(LoadUnit load, Bool restart) {
        reader.abort.assign(restart);
        reader.burstValid.assign(load.burstValid);
        load.burstReady.assign(reader.burstReady);
        reader.burstAddress.assign(load.burstAddress);
        reader.burstBeats.assign(load.burstBeats);
        load.wordValid.assign(reader.wordValid);
        reader.wordTaken.assign(load.wordTaken);
        load.word.assign(reader.word);
        load.wordError.assign(reader.wordError);
    }

    void connect(StoreUnit store, Bool restart) {
        writer.abort.assign(restart);
        writer.clear.assign(store.clear);
        store.masterIdle.assign(writer.idle);
        store.masterError.assign(writer.errorCode);
        writer.wordValid.assign(store.wordValid);
        store.wordReady.assign(writer.wordReady);
        writer.word.assign(store.word);
        writer.wordMask.assign(store.wordMask);
        writer.burstValid.assign(store.burstValid);
        store.burstReady.assign(writer.burstReady);
        writer.burstAddress.assign(store.burstAddress);
        writer.burstBeats.assign(store.burstBeats);
    }
}
