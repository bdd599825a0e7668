package h2learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageCodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"direct", "poisson", "rate", "thermometer", "thermometer:1", "thermometer:255"})
    void readsWhatItWrites(String text) {
        assertEquals(text, ImageCoding.parse(text).text());
    }

    @Test
    void directIsNoCode() {
        assertEquals(ImageCoding.DIRECT, ImageCoding.parse("direct"));
        assertTrue(ImageCoding.parse("rate").code().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'is no image code; use direct, poisson, rate, thermometer or thermometer:K'",
        "POISSON, POISSON is no image code",
        "thermometer:, thermometer: is no image code",
        "thermometer:0, thermometer:0 is no image code",
        "thermometer:-4, is no image code",
        "thermometer:99999999999999999999, is no image code",
        "thermometer:256, thermometer:256: the channels of a pixel are 1 to 255",
        "rate:4, 'only thermometer has several channels a pixel, not rate; leave :4 out'",
        "direct:1, 'only thermometer has several channels a pixel, not direct; leave :1 out'",
    })
    void refusesWithASentence(String text, String message) {
        String own = assertThrows(InvalidInputException.class, () -> ImageCoding.parse(text))
                .getMessage();
        assertTrue(own.contains(message), own);
    }
}
