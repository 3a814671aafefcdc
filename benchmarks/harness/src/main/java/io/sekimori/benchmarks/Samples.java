package io.sekimori.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Repeated measurements of one thing, in one unit.
 *
 * @param sorted ascending, at least one
 */
public record Samples(List<Double> sorted) {

    /** @throws IllegalArgumentException if nothing was measured */
    public Samples {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = sorted.stream().sorted().toList();
    }

    /** Of these values. */
    public static Samples of(double... values) {
        return new Samples(Arrays.stream(values).boxed().toList());
    }

    /** Of these values. */
    public static Samples of(DoubleStream values) {
        return new Samples(values.boxed().toList());
    }

    /** The middle one, or the mean of the middle two. */
    public double median() {
        int size = sorted.size();
        return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    /** The least. */
    public double least() {
        return sorted.get(0);
    }

    /** The greatest. */
    public double most() {
        return sorted.get(sorted.size() - 1);
    }

    /** All of them added up. */
    public double sum() {
        return sorted.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The median, and the range behind it if there is more than one sample. */
    @Override
    public String toString() {
        String median = number(median());
        return sorted.size() == 1 ? median : median + " (" + number(least()) + " to " + number(most()) + ")";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String format = size == Math.rint(size) || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
