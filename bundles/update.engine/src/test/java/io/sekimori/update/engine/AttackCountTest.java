package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** What is written and told of the count of attacks; {@link AttacksTest} has what counts. */
class AttackCountTest {

    private static final TransitionReport ONE = AttacksTest.named("t1", "BELOW_FLOOR");
    private static final TransitionReport TWO = AttacksTest.named("t2", "BELOW_FLOOR");

    @TempDir
    private Path folder;

    private final List<Object> warnings = new ArrayList<>();
    private Path file;

    @BeforeEach
    void aFile() {
        file = folder.resolve("attacks.json");
    }

    /** A gateway's report is asked for every minute, and its flash wears. */
    @Test
    void itIsWrittenOnlyWhenThereIsANewOne() throws Exception {
        count(file).with(List.of(ONE));
        Object first = key(file);

        count(file).with(List.of(ONE));
        assertThat(key(file)).isEqualTo(first);

        count(file).with(List.of(ONE, TWO));
        assertThat(key(file)).isNotEqualTo(first);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatTheDiskDoesNotGiveIsTold() throws Exception {
        Files.createDirectory(file);

        assertThat(count(file).with(List.of(ONE))).isEqualTo(1);

        assertThat(warnings).containsExactly("The count of attacks cannot be read now: {}");
    }

    @Test
    void whatIsDamagedIsTold() throws Exception {
        Files.writeString(file, "{");

        assertThat(count(file).with(List.of(ONE))).isEqualTo(1);

        assertThat(warnings).containsExactly("The count of attacks is damaged and begins again: {}");
    }

    @Test
    void whatTheDiskDoesNotTakeIsToldAndCountsLater() throws Exception {
        Path away = folder.resolve("away");
        Path there = Files.createSymbolicLink(folder.resolve("data"), away).resolve("attacks.json");

        assertThat(count(there).with(List.of(ONE))).isEqualTo(1);
        assertThat(warnings).containsExactly("The count of attacks cannot be kept: {}");

        Files.createDirectory(away);
        assertThat(count(there).with(List.of(ONE, TWO))).isEqualTo(2);
        assertThat(count(there).with(List.of())).isEqualTo(2);
    }

    private AttackCount count(Path where) {
        return new AttackCount(
                where, Fake.of(Logger.class, Map.of("warn", arguments -> warnings.add(arguments[0]) ? null : this)));
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
