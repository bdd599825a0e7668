package h2learn.config;
public record ConfigHash(int low, int high) { public static ConfigHash of(AcceleratorConfig c) { return new ConfigHash(c.toString().hashCode(), 1); } }
