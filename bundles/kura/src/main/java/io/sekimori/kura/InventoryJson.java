package io.sekimori.kura;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The lists of INVENTORY-V1, their members in Kura's order. Stateless. */
final class InventoryJson {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    private InventoryJson() {}

    static String bundles(List<BundleFacts> bundles) {
        return list("bundles", out -> {
            for (BundleFacts bundle : bundles) {
                write(bundle, out);
            }
        });
    }

    /** One package with its bundles; it is signed since all of them are. */
    static String deploymentPackages(String name, String version, List<BundleFacts> bundles) {
        return list("deploymentPackages", out -> {
            out.writeStartObject();
            out.writeStringField("name", name);
            out.writeStringField("version", version);
            out.writeBooleanField("signed", bundles.stream().allMatch(BundleFacts::signed));
            out.writeArrayFieldStart("bundles");
            for (BundleFacts bundle : bundles) {
                write(bundle, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    static String systemPackages(List<SystemPackage> packages) {
        return list("systemPackages", out -> write(packages, out));
    }

    static String inventory(String name, String version, List<BundleFacts> bundles, List<SystemPackage> packages) {
        return list("inventory", out -> {
            write(name, version, "DP", out);
            for (BundleFacts bundle : bundles) {
                write(bundle.name(), bundle.version(), "BUNDLE", out);
            }
            write(packages, out);
        });
    }

    private static void write(BundleFacts bundle, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", bundle.name());
        out.writeStringField("version", bundle.version());
        out.writeNumberField("id", bundle.id());
        out.writeStringField("state", bundle.state());
        out.writeBooleanField("signed", bundle.signed());
        out.writeEndObject();
    }

    private static void write(List<SystemPackage> packages, JsonGenerator out) throws IOException {
        for (SystemPackage one : packages) {
            write(one.name(), one.version(), "DEB", out);
        }
    }

    private static void write(String name, String version, String type, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", name);
        out.writeStringField("version", version);
        out.writeStringField("type", type);
        out.writeEndObject();
    }

    @FunctionalInterface
    private interface Elements {
        void write(JsonGenerator out) throws IOException;
    }

    private static String list(String name, Elements elements) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            out.writeArrayFieldStart(name);
            elements.write(out);
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString();
    }
}
