package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.config.Attribute.Range;
import io.sekimori.config.Attribute.Type;
import io.sekimori.config.admin.Bounds.Bound;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {

    private static final String HEAD = "<metatype:MetaData xmlns:metatype='http://www.osgi.org/xmlns/metatype/v1.2.0'>";

    @TempDir
    private Path folder;

    @Test
    void theLeastAndTheMostAreThoseOfTheAttributeInItsDefinition() throws IOException {
        URL file = file(
                "one.xml",
                HEAD + "<OCD id='a'><AD id='x' min='1' max='9'/><AD id='y' max='2'/></OCD>"
                        + "<OCD id='b'><AD id='x' min='-5'/></OCD></metatype:MetaData>");

        Bounds bounds = Bounds.in(List.of(file));

        assertThat(bounds.of("a", "x")).isEqualTo(new Bound("1", "9"));
        assertThat(bounds.of("a", "y")).isEqualTo(new Bound("", "2"));
        assertThat(bounds.of("b", "x")).isEqualTo(new Bound("-5", ""));
        assertThat(bounds.of("b", "y")).isEqualTo(new Bound("", ""));
    }

    @Test
    void aFileThatIsNoDescriptionSaysNothingAndTheOthersDo() throws IOException {
        URL broken = file("broken.xml", HEAD + "<OCD id='a'><AD id='x' min='1'");
        URL whole = file("whole.xml", HEAD + "<OCD id='b'><AD id='x' min='2'/></OCD></metatype:MetaData>");

        Bounds bounds = Bounds.in(List.of(broken, whole));

        assertThat(bounds.of("a", "x")).isEqualTo(new Bound("", ""));
        assertThat(bounds.of("b", "x")).isEqualTo(new Bound("2", ""));
    }

    @Test
    void nothingIsFetchedForADescription() throws IOException {
        URL other = file("other.xml", "<AD id='x' min='7'/>");
        URL file = file(
                "dtd.xml",
                "<!DOCTYPE m [<!ENTITY e SYSTEM '" + other + "'>]>" + HEAD
                        + "<OCD id='a'>&e;</OCD></metatype:MetaData>");

        assertThat(Bounds.in(List.of(file)).of("a", "x")).isEqualTo(new Bound("", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "idle.seconds, INTEGER, 5, 3600, second",
        "keep.bytes, LONG, 5, 3600, byte",
        "download.bytes.per.second, INTEGER, 5, 3600, byte-per-second",
        "memory.mib, INTEGER, 5, 3600, mebibyte",
        "load.limit, DOUBLE, 5, 3600, ''"
    })
    void aNumberHasItsBoundsAndTheUnitThatItsNameEndsIn(String id, Type type, String min, String max, String unit) {
        assertThat(Ranges.of(id, type, new Bound("5", " 3600 "))).isEqualTo(new Range(min, max, unit));
    }

    @Test
    void whatIsNoNumberHasNeither() {
        assertThat(Ranges.of("name.seconds", Type.STRING, new Bound("1", "9"))).isEqualTo(Range.NONE);
        assertThat(Ranges.of("tries", Type.INTEGER, new Bound("few", "9"))).isEqualTo(new Range("", "9", ""));
    }

    private URL file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toUri().toURL();
    }
}
