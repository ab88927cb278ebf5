package io.trialstream.trainer.conformance;

import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import java.util.HashMap;
import java.util.Map;

/** A saved state in memory. */
public final class StateInMemory implements StateSink, StateSource {

    private final Map<String, float[]> floats = new HashMap<>();
    private final Map<String, double[]> doubles = new HashMap<>();
    private final Map<String, byte[]> bytes = new HashMap<>();

    @Override
    public void put(String name, float[] values) {
        floats.put(name, values.clone());
    }

    @Override
    public void put(String name, double[] values) {
        doubles.put(name, values.clone());
    }

    @Override
    public void put(String name, byte[] values) {
        bytes.put(name, values.clone());
    }

    @Override
    public boolean has(String name) {
        return floats.containsKey(name) || doubles.containsKey(name) || bytes.containsKey(name);
    }

    @Override
    public float[] floats(String name) {
        if (!floats.containsKey(name)) {
            throw new IllegalArgumentException("no floats are named " + name);
        }
        return floats.get(name).clone();
    }

    @Override
    public double[] doubles(String name) {
        if (!doubles.containsKey(name)) {
            throw new IllegalArgumentException("no doubles are named " + name);
        }
        return doubles.get(name).clone();
    }

    @Override
    public byte[] bytes(String name) {
        if (!bytes.containsKey(name)) {
            throw new IllegalArgumentException("no bytes are named " + name);
        }
        return bytes.get(name).clone();
    }
}
