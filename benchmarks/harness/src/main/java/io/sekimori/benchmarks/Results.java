package io.sekimori.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run found, as a table for people and as JSON.
 *
 * @param machine where it was found
 * @param quick whether the figures only show that the benchmarks work
 */
record Results(String machine, boolean quick, List<Figure> figures) {

    Results {
        figures = List.copyOf(figures);
    }

    /** A Markdown table under a line on the machine. */
    String markdown() {
        StringBuilder text = new StringBuilder(machine).append(".\n");
        if (quick) {
            text.append("A quick run: the figures only show that the benchmarks work.\n");
        }
        text.append("\n| what | unit | ours | against | theirs | ratio | goal | held |\n")
                .append("|---|---|---|---|---|---|---|---|\n");
        for (Figure figure : figures) {
            text.append("| ").append(String.join(" | ", cells(figure))).append(" |\n");
        }
        return text.toString();
    }

    void writeJson(Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("machine", machine);
            json.writeBooleanField("quick", quick);
            json.writeArrayFieldStart("figures");
            for (Figure figure : figures) {
                write(figure, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static List<String> cells(Figure figure) {
        return List.of(
                figure.what(),
                figure.unit(),
                figure.ours().toString(),
                figure.against(),
                figure.theirs().toString(),
                figure.ratioText(),
                figure.goal().toString(),
                figure.heldText());
    }

    private static void write(Figure figure, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("what", figure.what());
        json.writeStringField("unit", figure.unit());
        write("ours", figure.ours(), json);
        json.writeStringField("against", figure.against());
        write("theirs", figure.theirs(), json);
        if (figure.ratio().isPresent()) {
            json.writeNumberField("ratio", figure.ratio().get());
        }
        json.writeStringField("goal", figure.goal().toString());
        var held = figure.goal().held(figure.ours(), figure.theirs());
        if (held.isPresent()) {
            json.writeBooleanField("held", held.get());
        }
        json.writeEndObject();
    }

    private static void write(String name, Samples samples, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (double sample : samples.sorted()) {
            json.writeNumber(sample);
        }
        json.writeEndArray();
    }
}
