package h2learn.data;

import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How a network reads images.
 *
 * @param code how pixels become spikes; empty when the network reads the pixels themselves
 * @param channels of each pixel, with THERMOMETER only; empty when the size of the network's input tells
 */
public record ImageCoding(Optional<ImageCode> code, OptionalInt channels) {
    /** The pixels themselves, the same for every step. */
    public static final ImageCoding DIRECT = new ImageCoding(Optional.empty(), OptionalInt.empty());

    /** More would not tell more of the 256 brightnesses apart. */
    static final int MOST_CHANNELS = 255;

    private static final String NUMBER = "[1-9]\\d{0,8}";

    public ImageCoding {
        if (channels.isPresent()) {
            if (!code.equals(Optional.of(ImageCode.THERMOMETER))) {
                throw new InvalidInputException("only thermometer has several channels a pixel, not " + name(code)
                        + "; leave :" + channels.getAsInt() + " out");
            }
            if (channels.getAsInt() < 1 || channels.getAsInt() > MOST_CHANNELS) {
                throw new InvalidInputException("thermometer:" + channels.getAsInt() + ": the channels of a pixel are 1"
                        + " to " + MOST_CHANNELS);
            }
        }
    }

    /** A code whose channels, if several, follow from the network's input. */
    public static ImageCoding of(ImageCode code) {
        return new ImageCoding(Optional.of(code), OptionalInt.empty());
    }

    /** What a network reads unless somebody wishes another code: DIRECT, or POISSON where it reads spikes. */
    public static ImageCoding of(Network network) {
        return network.input().encoding() == Network.Encoding.DIRECT ? DIRECT : of(ImageCode.POISSON);
    }

    /**
     * Reads {@code direct}, {@code poisson}, {@code rate}, {@code thermometer} or {@code thermometer:K}.
     *
     * @throws InvalidInputException when it is none of them
     */
    public static ImageCoding parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String number = text.substring(name.length());
        Optional<ImageCode> code = Arrays.stream(ImageCode.values())
                .filter(one -> name(one).equals(name))
                .findFirst();
        if ((code.isEmpty() && !name.equals(name(Optional.empty()))) || !number.matches("(:" + NUMBER + ")?")) {
            throw new InvalidInputException(text + " is no image code; use direct, "
                    + Arrays.stream(ImageCode.values()).map(ImageCoding::name).collect(Collectors.joining(", "))
                    + " or thermometer:K with K channels a pixel");
        }
        return new ImageCoding(
                code, number.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number.substring(1))));
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return name(code) + (channels.isPresent() ? ":" + channels.getAsInt() : "");
    }

    private static String name(Optional<ImageCode> code) {
        return code.map(ImageCoding::name).orElse("direct");
    }

    private static String name(ImageCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
