package io.sekimori.records.sql;

import io.sekimori.records.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that writes one book after another into the H2 file of a unit and says so after each. */
final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;
    private int written;

    private OtherProcess(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherProcess writing(Path unit, String... before) throws IOException {
        List<String> line = new ArrayList<>(List.of(before));
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                unit.toString()));
        return new OtherProcess(new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits until so many books were said to be written. */
    void awaitWritten(int books) throws IOException {
        while (written < books) {
            String line = said.readLine();
            if (line == null) {
                throw new IOException("the other process ended after " + written);
            }
            written = Integer.parseInt(line);
        }
    }

    /** Ends it as a power cut would end it, and answers how many books it had said were written. */
    int kill() throws IOException, InterruptedException {
        // By its handle: the process itself would also close the pipe, with what it still holds.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            written = Integer.parseInt(line);
        }
        process.waitFor();
        return written;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** The program. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            SqlRecords records = SqlRecords.ofUnit(Path.of(arguments[0]));
            Database database = records.open(Shelf.SCHEMA);
            for (int id = (int) Shelf.count(database) + 1; ; id++) {
                Shelf.put(database, id, "x".repeat(100));
                System.out.println(id);
                System.out.flush();
            }
        }
    }
}
