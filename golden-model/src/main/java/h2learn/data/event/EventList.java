package h2learn.data.event;

import java.util.Arrays;

/** Events of one recording in the order of the file: where, when (microseconds), brighter (1) or darker (0). */
public final class EventList {
    /** Most events of a recording. */
    public static final int MAXIMUM_EVENTS = 1 << 25;

    private short[] x;
    private short[] y;
    private long[] time;
    private byte[] polarity;
    private int count;

    /** @param expected how many events will be added, if known; memory grows with those that are */
    public EventList(int expected) {
        int capacity = Math.max(16, Math.min(expected, 1 << 16));
        x = new short[capacity];
        y = new short[capacity];
        time = new long[capacity];
        polarity = new byte[capacity];
    }

    /**
     * Adds an event.
     *
     * @param column 0..32767
     * @param row 0..32767
     */
    public void add(int column, int row, long microseconds, boolean brighter) {
        if (count == x.length) {
            int capacity = Math.max(16, 2 * count);
            x = Arrays.copyOf(x, capacity);
            y = Arrays.copyOf(y, capacity);
            time = Arrays.copyOf(time, capacity);
            polarity = Arrays.copyOf(polarity, capacity);
        }
        x[count] = (short) column;
        y[count] = (short) row;
        time[count] = microseconds;
        polarity[count] = (byte) (brighter ? 1 : 0);
        count++;
    }

    public int count() {
        return count;
    }

    /** Column, from 0. */
    public int x(int event) {
        return x[event];
    }

    /** Row, from 0. */
    public int y(int event) {
        return y[event];
    }

    /** Microseconds. */
    public long time(int event) {
        return time[event];
    }

    /** 1 when the pixel became brighter, 0 when darker. */
    public int polarity(int event) {
        return polarity[event];
    }

    /** The events of {@code from} (inclusive) to {@code to} (exclusive) microseconds. */
    public EventList between(long from, long to) {
        EventList part = new EventList(count);
        for (int event = 0; event < count; event++) {
            if (time[event] >= from && time[event] < to) {
                part.add(x[event], y[event], time[event], polarity[event] != 0);
            }
        }
        return part;
    }
}
