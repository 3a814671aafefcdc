package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason code has a test that reaches it: its name stands in an expectation of a test of this bundle. */
class CodesAreReachedTest {

    @ParameterizedTest
    @EnumSource(UpdateCode.class)
    void aTestExpects(UpdateCode code) throws IOException {
        try (Stream<Path> tests = Files.walk(Path.of("src", "test", "java"))) {
            assertThat(tests.filter(file -> file.toString().endsWith("Test.java")))
                    .anySatisfy(file -> assertThat(Files.readString(file)).contains(code.name()));
        }
    }
}
