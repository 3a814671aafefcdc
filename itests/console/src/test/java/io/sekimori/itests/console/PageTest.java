package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    @TempDir
    private Path directory;

    private Page page(String text) throws IOException {
        return Page.read(Files.writeString(directory.resolve("page.md"), text));
    }

    @Test
    void onlyWhatAReaderTypesIsACommand() throws IOException {
        assertThat(page("# A\n\n```sh\none\ntwo\n```\ntext\n```text\nnot this\n```\n```sh\nthree\n```\n")
                        .commands())
                .containsExactly("one", "two", "three");
    }

    @Test
    void nothingCanBeHiddenFromTheTest() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> page("```bash\none\n```\n"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> page("```\none\n```\n"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> page("```sh\none \\\n  two\n```\n"));
    }
}
