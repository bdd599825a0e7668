// rtl/memory/WordBuffer: whatever word is watched from its push on, it leaves at its turn, unchanged and once; a word is
// shown two cycles after it came. Defines: DUT, WIDTH, DEPTH; words.svh gives the memory's words.
module proof (
  input              clk,
  input              reset,
  input              push, pop, clear,
  input [`WIDTH-1:0] pushData,
  input              choose
);
  localparam BITS = $clog2(`DEPTH);

  wire              popValid;
  wire [`WIDTH-1:0] popData;
  `DUT dut (.clk, .reset, .push, .pushData, .popValid, .pop, .popData, .clear);

  reg started = 1'b0;
  always @(posedge clk) started <= 1'b1;
  always @* if (!started) assume (reset);

  // A word, any one, how many stand before it, and whether a word came in the cycle before.
  reg              watching, came;
  reg [`WIDTH-1:0] watched;
  reg [BITS:0]     ahead, held;
  always @(posedge clk)
    if (reset | clear) begin
      held <= 0;
      came <= 1'b0;
      watching <= 1'b0;
    end else begin
      held <= held + push - pop;
      came <= push;
      if (watching) begin
        if (pop) begin
          watching <= ahead != 0;
          ahead <= ahead - 1'b1;
        end
      end else if (push & choose) begin
        watching <= 1'b1;
        watched <= pushData;
        ahead <= held - pop;
      end
    end
  always @* if (started & !reset) begin
    assume (!push || held != `DEPTH && !clear);
    assume (!pop || popValid);
  end

  (* hierconn *) wire [BITS-1:0] \dut.head , \dut.tail ;
  // The place that is read was written in the same cycle: what a block memory gives then is not defined.
  reg collided;
  wire [BITS-1:0] read = \dut.head + pop;
  always @(posedge clk) collided <= push & read == \dut.tail ;

  always @* if (started & !reset) begin
    shown_after_two_cycles: assert (popValid == (held != came));
    not_more_than_room: assert (held <= `DEPTH);
    not_lost: assert (!watching || ahead < held);
    in_turn: assert (!(watching && ahead == 0 && popValid) || popData == watched);
    reads_what_is_written: assert (!(collided & popValid));
  end

  // What makes these inductive: where the words lie.
  (* hierconn *) wire \dut.pushed ;
  (* hierconn *) wire [BITS:0] \dut.readable ;
`include "words.svh"
  wire [BITS-1:0] place = \dut.head + ahead[BITS-1:0];
  always @* if (started & !reset) begin
    pointers: assert (\dut.tail == \dut.head + held[BITS-1:0]);
    levels: assert (\dut.pushed == came && \dut.readable == held - came && (held != 0 || !came));
    stored: assert (!watching || words[`WIDTH*place +: `WIDTH] == watched);
    out_as_last: cover (watching && ahead == 0 && pop && held == 1 && watched == 5);
    filled: cover (watching && held == `DEPTH && ahead == `DEPTH - 1);
    cleared: cover (watching && held == 2 && clear && popValid);
  end
endmodule
