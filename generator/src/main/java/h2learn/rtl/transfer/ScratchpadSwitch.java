package h2learn.rtl.transfer;

import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.memory.BeatGroup;
import h2learn.rtl.memory.BeatRead;
import h2learn.rtl.memory.BeatWrite;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Leads LOAD's writes, STORE's reads and the host's accesses to the scratchpads. The host comes only while no command
 * runs, a 32-bit beat at a time.
 */
public final class ScratchpadSwitch extends Circuit {
    public final Bool hostRead = in(bool());
    public final Bool hostWrite = in(bool());
    public final UInt hostScratchpad = in(uint(TransferShape.codeBits()));
    /** The beat in the scratchpad. */
    public final UInt hostBeat;

    public final Bits hostWriteData = in(bits(32));
    /** One cycle after {@code hostRead}. */
    public final Bits hostReadData = out(bits(32));

    public final Bool writeEnable = in(bool());
    public final Bool writeReady = out(bool());
    public final UInt writeScratchpad = in(uint(TransferShape.codeBits()));
    public final UInt writeGroup;
    public final Vec<Bits> writeData;

    public final Bool readEnable = in(bool());
    public final Bool readReady = out(bool());
    public final UInt readScratchpad = in(uint(TransferShape.codeBits()));
    public final UInt readGroup;
    public final Vec<Bits> readData;

    public final Map<Scratchpad, BeatRead> read = new EnumMap<>(Scratchpad.class);
    public final Map<Scratchpad, BeatWrite> write = new EnumMap<>(Scratchpad.class);

    public ScratchpadSwitch(TransferShape shape) {
        moduleName("ScratchpadSwitch");
        int beats = shape.busBeats();
        hostBeat = in(uint(shape.beatAddressBits()));
        writeGroup = in(uint(shape.groupAddressBits()));
        writeData = in(vec(bits(32), beats));
        readGroup = in(uint(shape.groupAddressBits()));
        readData = out(vec(bits(32), beats));
        for (Scratchpad each : shape.map().scratchpads()) {
            String name = each.name().toLowerCase(Locale.ROOT);
            read.put(each, master(BeatRead.type(shape.group(each))).named("read_" + name));
            write.put(each, master(BeatWrite.type(shape.group(each))).named("write_" + name));
        }
        Bool writeIsReady = Bool.lit(false);
        Bool readIsReady = Bool.lit(false);
        for (Scratchpad each : shape.map().scratchpads()) {
            int code = each.ordinal();
            BeatGroup group = shape.group(each);
            int groupBeatBits = Integer.numberOfTrailingZeros(group.beats());
            UInt hostGroup = hostBeat.slice(hostBeat.width() - 1, groupBeatBits).resize(group.addressBits());
            Bool hostHere = hostScratchpad.eq(code);

            BeatWrite writer = Objects.requireNonNull(write.get(each));
            Bool writeHere = writeScratchpad.eq(code);
            writer.enable.assign(mux(writeEnable, writeHere, hostWrite.and(hostHere)));
            writer.address.assign(mux(writeEnable, writeGroup.resize(group.addressBits()), hostGroup));
            List<Bits> mask = new ArrayList<>();
            for (int beat = 0; beat < group.beats(); beat++) {
                Bool hostThere = groupBeatBits == 0
                        ? Bool.lit(true)
                        : hostBeat.slice(groupBeatBits - 1, 0).eq(beat);
                mask.add(writeEnable.or(hostThere).asBits());
                Bits data = mux(writeEnable, writeData.get(beat), hostWriteData);
                writer.data.get(beat).assign(data.slice(group.layout().beatBits() - 1, 0));
            }
            writer.mask.assign(Bits.concat(mask));
            writeIsReady = writeIsReady.or(writeHere.and(writer.ready));

            BeatRead reader = Objects.requireNonNull(read.get(each));
            Bool readHere = readScratchpad.eq(code);
            reader.enable.assign(mux(readEnable, readHere, hostRead.and(hostHere)));
            reader.address.assign(mux(readEnable, readGroup.resize(group.addressBits()), hostGroup));
            readIsReady = readIsReady.or(readHere.and(reader.ready));
        }
        writeReady.assign(writeIsReady);
        readReady.assign(readIsReady);
        answer(shape);
    }

    private void answer(TransferShape shape) {
        UInt asked = regNext(mux(readEnable, readScratchpad, hostScratchpad)).hint("asked");
        for (int beat = 0; beat < shape.busBeats(); beat++) {
            List<Bits> choices = new ArrayList<>();
            for (Scratchpad each : Scratchpad.values()) {
                BeatRead reader = read.get(each);
                choices.add(
                        reader != null && beat < shape.group(each).beats()
                                ? reader.data.get(beat).resize(32)
                                : Bits.lit(0, 32));
            }
            readData.get(beat).assign(OneOf.select(asked, choices));
        }
        if (shape.busBeats() == 1) {
            hostReadData.assign(readData.get(0));
            return;
        }
        UInt place = UInt.lit(0, shape.busBeatBits());
        for (Scratchpad each : shape.map().scratchpads()) {
            int bits = Integer.numberOfTrailingZeros(shape.group(each).beats());
            UInt mine = bits == 0
                    ? UInt.lit(0, shape.busBeatBits())
                    : hostBeat.slice(bits - 1, 0).resize(shape.busBeatBits());
            place = mux(hostScratchpad.eq(each.ordinal()), mine, place);
        }
        hostReadData.assign(OneOf.select(regNext(place), readData.elements()));
    }
}
