package h2learn.exchange.nir;

import h2learn.config.InvalidInputException;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Looks at the compressed blocks of a dataset before they are read, so that none inflates beyond its block's size. */
final class ChunkCheck {
    private static final int DEFLATE = 1;
    private static final Set<Integer> PLAIN_FILTERS = Set.of(DEFLATE, 2, 3);
    /** A checksum may follow the data. */
    private static final int SLACK_BYTES = 16;

    private final String path;
    private final long fileBytes;

    ChunkCheck(String path, long fileBytes) {
        this.path = path;
        this.fileBytes = fileBytes;
    }

    void check(ChunkedDataset dataset) {
        int[] chunk = dataset.getChunkDimensions();
        long[] sizes = dataset.getDimensionsAsLong();
        long chunkBytes = dataset.getDataType().getSize();
        long chunks = 1;
        if (chunk.length != sizes.length) {
            throw damaged("blocks of " + chunk.length + " dimensions for " + sizes.length);
        }
        for (int axis = 0; axis < chunk.length; axis++) {
            if (chunk[axis] < 1 || chunk[axis] > HdfContents.MAXIMUM_ELEMENTS) {
                throw damaged("blocks of the shape " + Arrays.toString(chunk));
            }
            chunkBytes *= chunk[axis];
            chunks *= (sizes[axis] + chunk[axis] - 1) / chunk[axis];
            if (chunkBytes > 8 * HdfContents.MAXIMUM_ELEMENTS || chunkBytes < 1) {
                throw damaged("blocks of the shape " + Arrays.toString(chunk));
            }
        }
        if (chunks > fileBytes) {
            throw damaged(chunks + " blocks, more than the file has bytes");
        }
        List<PipelineFilterWithData> filters = dataset.getFilters();
        for (PipelineFilterWithData filter : filters) {
            if (!PLAIN_FILTERS.contains(filter.getId())) {
                throw new InvalidInputException(path + ": is compressed by " + filter.getName()
                        + ", which is not read; write it with gzip or without compression");
            }
        }
        if (filters.stream().anyMatch(filter -> filter.getId() == DEFLATE)) {
            inflateAll(dataset, chunk, sizes, chunkBytes);
        }
    }

    private void inflateAll(ChunkedDataset dataset, int[] chunk, long[] sizes, long chunkBytes) {
        int[] offset = new int[chunk.length];
        int axis;
        do {
            inflate(dataset.getRawChunkBuffer(offset.clone()), chunkBytes);
            axis = chunk.length - 1;
            while (axis >= 0) {
                offset[axis] += chunk[axis];
                if (offset[axis] < sizes[axis]) {
                    break;
                }
                offset[axis] = 0;
                axis--;
            }
        } while (axis >= 0);
    }

    private void inflate(ByteBuffer compressed, long chunkBytes) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            byte[] piece = new byte[1 << 16];
            long total = 0;
            while (!inflater.finished()) {
                int length = inflater.inflate(piece);
                total += length;
                if (length == 0) {
                    throw damaged("a compressed block that ends early");
                }
                if (total > chunkBytes + SLACK_BYTES) {
                    throw damaged("a compressed block that grows beyond its " + chunkBytes + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw damaged("a compressed block that is no gzip data");
        } finally {
            inflater.end();
        }
    }

    private InvalidInputException damaged(String what) {
        return new InvalidInputException(path + ": has " + what + "; the file is damaged");
    }
}
