// rtl/lut/Transposer: bit j of word i of a block leaves as bit i of word j of the same block; blocks keep their order, and
// none is overwritten before it is read. The surroundings keep the contract: a place is reserved with room, words come
// for reserved blocks only, and a word is taken when it is there. Defines: DUT, LANES.
module proof (
  input              clk,
  input              reset,
  input              inputValid,
  input [`LANES-1:0] inputWord,
  input              reserve,
  input              outputTaken,
  input              choose
);
  localparam BITS = $clog2(`LANES);

  wire              room, outputValid;
  wire [`LANES-1:0] outputWord;
  `DUT dut (.clk, .reset, .inputValid, .inputWord, .room, .reserve, .outputValid, .outputWord, .outputTaken);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  // Blocks that were reserved, are all in, and are all out; only differences of up to 2 matter.
  reg [1:0]      reserved, in_done, out_done;
  reg [BITS-1:0] in_word, out_word;
  wire           last_in = inputValid & in_word == `LANES - 1, last_out = outputTaken & out_word == `LANES - 1;
  wire [1:0]     owed = reserved - in_done, full = in_done - out_done, taken = reserved - out_done;
  always @* begin
    assume (!reserve || room);
    assume (!inputValid || owed != 0);
    assume (!outputTaken || outputValid);
  end
  always @(posedge clk)
    if (reset) begin
      reserved <= 0; in_done <= 0; out_done <= 0; in_word <= 0; out_word <= 0;
    end else begin
      reserved <= reserved + reserve;
      in_done <= in_done + last_in;
      out_done <= out_done + last_out;
      if (inputValid) in_word <= last_in ? 0 : in_word + 1'b1;
      if (outputTaken) out_word <= last_out ? 0 : out_word + 1'b1;
    end

  // A bit of a block, any one.
  (* anyconst *) reg [BITS-1:0] row, column;
  reg       watching, known, bit_in;
  reg [1:0] block;  // number of the block
  wire      take = inputValid & in_word == row & (watching ? in_done == block & !known : choose);
  always @(posedge clk)
    if (reset) begin
      watching <= 1'b0; known <= 1'b0;
    end else begin
      if (take) begin
        watching <= 1'b1; known <= 1'b1;
        block <= in_done;
        bit_in <= inputWord[column];
      end
      if (watching && out_done == block && last_out) begin
        watching <= 1'b0; known <= 1'b0;
      end
    end

  wire here = watching && out_done == block && out_word == column;
  always @* if (started & !reset) begin
    at_most_two: assert (taken <= 2 && full <= taken);
    room_right: assert (room == (taken != 2 || last_out));
    gives_whole_blocks: assert (outputValid == (full != 0));
    transposed: assert (!(here && outputTaken) || outputWord[row] == bit_in);
  end

  // What makes these inductive: what the circuit's own counters are, and where the bit lies.
  (* hierconn *) wire \dut.writeBank , \dut.readBank ;
  (* hierconn *) wire [1:0] \dut.reserved , \dut.full ;
  (* hierconn *) wire [BITS-1:0] \dut.writeIndex , \dut.readIndex ;
`include "words.svh"
  wire [1:0] age = in_done - block;
  always @* if (started & !reset) begin
    counters: assert (\dut.reserved == taken && \dut.full == full);
    places: assert (\dut.writeIndex == in_word && \dut.readIndex == out_word);
    banks: assert (\dut.writeBank == in_done[0] && \dut.readBank == out_done[0]);
    words_owed: assert (in_word == 0 || owed != 0);
    words_left: assert (out_word == 0 || full != 0);
    watched_is_in: assert (watching == known && (!watching || (age == 0 ? in_word > row : age <= full)));
    stored: assert (!watching || words[{block[0], row, column}] == bit_in);
    out_while_in: cover (here && outputTaken && inputValid && bit_in && row != column);
  end
endmodule
