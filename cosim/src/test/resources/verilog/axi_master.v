// An AXI4 master that copies count elements of 2^size bytes by bursts. Both addresses are multiples of the element.
// Reads are asked for ahead, as long as their words have room in a buffer of 512; a burst is written once all of it is there.
// The input fault makes it break a rule.
module axi_master #(parameter DATA_BITS = 32) (
  input                        clk,
  input                        reset,
  input      [5:0]             fault,
  input                        lazy,       // takes answers only now and then
  input                        start,
  input      [39:0]            from,
  input      [39:0]            to,
  input      [15:0]            count,
  input      [7:0]             burst_len,  // longest burst, as AxLEN
  input      [2:0]             size,
  output                       done,
  output reg [15:0]            read_errors,  // beats
  output reg [15:0]            write_errors, // bursts
  output reg [15:0]            last_errors,  // RLAST at a wrong place
  output                       m_axi_arvalid,
  input                        m_axi_arready,
  output     [39:0]            m_axi_araddr,
  output     [7:0]             m_axi_arlen,
  output     [2:0]             m_axi_arsize,
  output     [1:0]             m_axi_arburst,
  output     [3:0]             m_axi_arcache,
  output     [2:0]             m_axi_arprot,
  input                        m_axi_rvalid,
  output                       m_axi_rready,
  input      [DATA_BITS-1:0]   m_axi_rdata,
  input      [1:0]             m_axi_rresp,
  input                        m_axi_rlast,
  output                       m_axi_awvalid,
  input                        m_axi_awready,
  output     [39:0]            m_axi_awaddr,
  output     [7:0]             m_axi_awlen,
  output     [2:0]             m_axi_awsize,
  output     [1:0]             m_axi_awburst,
  output     [3:0]             m_axi_awcache,
  output     [2:0]             m_axi_awprot,
  output                       m_axi_wvalid,
  input                        m_axi_wready,
  output     [DATA_BITS-1:0]   m_axi_wdata,
  output     [DATA_BITS/8-1:0] m_axi_wstrb,
  output                       m_axi_wlast,
  input                        m_axi_bvalid,
  output                       m_axi_bready,
  input      [1:0]             m_axi_bresp
);
  localparam BYTES = DATA_BITS / 8;
  localparam [2:0] FULL = DATA_BITS == 32 ? 3'd2 : DATA_BITS == 64 ? 3'd3 : 3'd4;
  localparam ARVALID_FALLS = 1, AWVALID_FALLS = 2, WVALID_FALLS = 3, ARADDR_CHANGES = 4, ARLEN_CHANGES = 5,
    ARSIZE_CHANGES = 6, ARBURST_CHANGES = 7, ARCACHE_CHANGES = 8, ARPROT_CHANGES = 9, AWADDR_CHANGES = 10,
    AWLEN_CHANGES = 11, WDATA_CHANGES = 12, WSTRB_CHANGES = 13, WLAST_CHANGES = 14, AR_CROSSES = 15, AW_CROSSES = 16,
    AR_FIXED = 17, AW_WRAP = 18, ARSIZE_WIDE = 19, AWSIZE_WIDE = 20, WLAST_EARLY = 21, WLAST_LATE = 22, W_SURPLUS = 23,
    WSTRB_OUTSIDE = 24, AR_IN_RESET = 25, AW_IN_RESET = 26, W_IN_RESET = 27, AR_AT_RESET_END = 28, DATA_AHEAD = 29,
    AHEAD_WLAST_EARLY = 30, NEVER_WLAST = 31, AW_UNALIGNED = 32;

  reg       was_reset;
  reg       blink;  // toggles while a valid waits
  reg [7:0] noise;
  wire      take = ~lazy | noise[0];

  function [15:0] shorter(input [15:0] a, input [15:0] b);
    shorter = a < b ? a : b;
  endfunction
  // elements up to the next multiple of 4 KiB
  function [15:0] page(input [11:0] address);
    page = (16'd4096 - {4'd0, address}) >> size;
  endfunction

  // the buffer, and how many of its places are asked for or full
  reg [DATA_BITS-1:0] buffer [0:511];
  reg [8:0]  put, get;
  reg [9:0]  filled, reserved;
  reg        running;

  // reads
  reg        arvalid;
  reg [39:0] araddr, read_from, read_lane;
  reg [7:0]  arlen;
  reg [15:0] to_ask, to_get;
  reg [7:0]  lengths [0:511];
  reg [8:0]  ask_index, answer_index;
  reg [7:0]  answer_beat;
  wire [15:0] read_beats = fault == AR_CROSSES ? shorter(burst_len + 16'd1, to_ask)
    : shorter(shorter(burst_len + 16'd1, to_ask), page(read_from[11:0]));
  wire ask = running & to_ask != 0 & (~arvalid | m_axi_arready) & reserved + read_beats <= 16'd512;
  wire r_fire = m_axi_rvalid & m_axi_rready;

  assign m_axi_arvalid = arvalid & ~(fault == ARVALID_FALLS & blink) | reset & fault == AR_IN_RESET
    | was_reset & ~reset & fault == AR_AT_RESET_END;
  assign m_axi_araddr = fault == ARADDR_CHANGES & blink ? araddr ^ 40'h40 : araddr;
  assign m_axi_arlen = fault == ARLEN_CHANGES & blink ? arlen ^ 8'd1 : arlen;
  assign m_axi_arsize = fault == ARSIZE_WIDE ? FULL + 3'd1 : fault == ARSIZE_CHANGES & blink ? 3'd0 : size;
  assign m_axi_arburst = fault == AR_FIXED ? 2'd0 : fault == ARBURST_CHANGES & blink ? 2'd2 : 2'd1;
  assign m_axi_arcache = fault == ARCACHE_CHANGES & blink ? 4'd0 : 4'd3;
  assign m_axi_arprot = fault == ARPROT_CHANGES & blink ? 3'd1 : 3'd0;
  assign m_axi_rready = take;

  // writes: a burst's address, and its data beside it
  reg        awvalid, wvalid, aw_open, w_open, surplus;
  reg [39:0] awaddr, write_to, write_lane;
  reg [7:0]  awlen;
  reg [8:0]  beats_left;
  reg [15:0] to_write, unanswered;
  wire [15:0] write_beats = fault == AW_CROSSES ? shorter(burst_len + 16'd1, to_write)
    : shorter(shorter(burst_len + 16'd1, to_write), page(write_to[11:0]));
  wire ahead = fault == DATA_AHEAD | fault == AHEAD_WLAST_EARLY | fault == NEVER_WLAST;
  wire next_write = running & to_write != 0 & ~aw_open & ~w_open & {6'd0, filled} >= write_beats;
  wire aw_fire = awvalid & m_axi_awready & ~(fault == AWVALID_FALLS & blink);
  wire w_fire = wvalid & m_axi_wready & ~(fault == WVALID_FALLS & blink);
  wire b_fire = m_axi_bvalid & m_axi_bready;
  wire last = fault == WLAST_EARLY | fault == AHEAD_WLAST_EARLY ? beats_left == 2 | awlen == 0
    : fault == NEVER_WLAST ? 1'b0 : fault == WLAST_LATE ? beats_left == 0 : beats_left == 1;
  wire [DATA_BITS-1:0] element = buffer[get];
  wire [6:0] lane = write_lane[6:0] & (BYTES - 1);
  wire [BYTES-1:0] ones = fault == WSTRB_OUTSIDE | fault == AW_UNALIGNED ? {BYTES{1'b1}}
    : ({{BYTES-1{1'b0}}, 1'b1} << (8'd1 << size)) - 1'b1;
  wire [BYTES-1:0] strobes = size == FULL ? {BYTES{1'b1}} : ones << lane;

  assign m_axi_awvalid = awvalid & ~(fault == AWVALID_FALLS & blink) | reset & fault == AW_IN_RESET;
  assign m_axi_awaddr = fault == AWADDR_CHANGES & blink ? ~awaddr : fault == AW_UNALIGNED ? awaddr + 40'd1 : awaddr;
  assign m_axi_awlen = fault == AWLEN_CHANGES & blink ? awlen ^ 8'd1 : awlen;
  assign m_axi_awsize = fault == AWSIZE_WIDE ? FULL + 3'd1 : size;
  assign m_axi_awburst = fault == AW_WRAP ? 2'd2 : 2'd1;
  assign m_axi_awcache = 4'd3;
  assign m_axi_awprot = 3'd0;
  assign m_axi_wvalid = wvalid & ~(fault == WVALID_FALLS & blink) | reset & fault == W_IN_RESET;
  assign m_axi_wdata = (element << (8 * lane)) ^ {DATA_BITS{fault == WDATA_CHANGES & blink}};
  assign m_axi_wstrb = strobes ^ {BYTES{fault == WSTRB_CHANGES & blink}};
  assign m_axi_wlast = (surplus | last) ^ (fault == WLAST_CHANGES & blink);
  assign m_axi_bready = take;
  assign done = ~running & ~surplus;

  wire [DATA_BITS-1:0] read_element = m_axi_rdata >> (8 * (read_lane[6:0] & (BYTES - 1)));

  always @(posedge clk) begin
    was_reset <= reset;
    noise <= {noise[6:0], noise[7] ^ noise[5] ^ noise[4] ^ noise[3]};
    blink <= (arvalid & ~m_axi_arready | awvalid & ~m_axi_awready | wvalid & ~m_axi_wready) & ~blink;
    if (arvalid & m_axi_arready & ~(fault == ARVALID_FALLS & blink)) arvalid <= 1'b0;
    if (ask) begin
      arvalid <= 1'b1;
      araddr <= read_from;
      arlen <= read_beats[7:0] - 8'd1;
      lengths[ask_index] <= read_beats[7:0] - 8'd1;
      ask_index <= ask_index + 9'd1;
      read_from <= read_from + ({24'd0, read_beats} << size);
      to_ask <= to_ask - read_beats;
    end
    if (r_fire) begin
      buffer[put] <= read_element;
      put <= put + 9'd1;
      read_lane <= read_lane + (40'd1 << size);
      to_get <= to_get - 16'd1;
      if (m_axi_rresp != 0) read_errors <= read_errors + 16'd1;
      answer_beat <= answer_beat + 8'd1;
      if (m_axi_rlast != (answer_beat == lengths[answer_index])) last_errors <= last_errors + 16'd1;
      if (answer_beat == lengths[answer_index]) begin answer_beat <= 8'd0; answer_index <= answer_index + 9'd1; end
    end

    if (next_write) begin
      awaddr <= write_to;
      awlen <= write_beats[7:0] - 8'd1;
      awvalid <= ~ahead;
      aw_open <= 1'b1;
      wvalid <= 1'b1;
      w_open <= 1'b1;
      beats_left <= write_beats[8:0];
      write_to <= write_to + ({24'd0, write_beats} << size);
      to_write <= to_write - write_beats;
    end
    if (w_fire) begin
      if (surplus) begin
        surplus <= 1'b0; wvalid <= 1'b0;
      end else begin
        if (beats_left != 0) begin
          get <= get + 9'd1;
          beats_left <= beats_left - 9'd1;
        end
        write_lane <= write_lane + (40'd1 << size);
        if (last | fault == WLAST_LATE & beats_left == 0) begin
          w_open <= 1'b0; wvalid <= 1'b0;
          if (ahead) awvalid <= 1'b1;
        end
      end
    end
    if (aw_fire) begin awvalid <= 1'b0; aw_open <= 1'b0; end
    unanswered <= unanswered + (next_write ? 16'd1 : 16'd0) - (b_fire ? 16'd1 : 16'd0);
    if (b_fire & m_axi_bresp != 0) write_errors <= write_errors + 16'd1;
    reserved <= reserved + (ask ? read_beats[9:0] : 10'd0) - (w_fire & ~surplus & beats_left != 0 ? 10'd1 : 10'd0);
    filled <= filled + (r_fire ? 10'd1 : 10'd0) - (w_fire & ~surplus & beats_left != 0 ? 10'd1 : 10'd0);
    if (running & to_write == 0 & ~aw_open & ~w_open & unanswered == 0) begin
      running <= 1'b0;
      if (fault == W_SURPLUS) begin surplus <= 1'b1; wvalid <= 1'b1; end
    end

    if (start & ~running) begin
      running <= 1'b1;
      read_from <= from; read_lane <= from; write_to <= to; write_lane <= to;
      to_ask <= count; to_get <= count; to_write <= count;
      read_errors <= 16'd0; write_errors <= 16'd0; last_errors <= 16'd0;
    end
    if (reset) begin
      running <= 1'b0; arvalid <= 1'b0; awvalid <= 1'b0; wvalid <= 1'b0; aw_open <= 1'b0; w_open <= 1'b0; surplus <= 1'b0;
      put <= 9'd0; get <= 9'd0; filled <= 10'd0; reserved <= 10'd0; unanswered <= 16'd0; blink <= 1'b0; noise <= 8'd1;
      ask_index <= 9'd0; answer_index <= 9'd0; answer_beat <= 8'd0; to_ask <= 16'd0; to_write <= 16'd0;
      read_errors <= 16'd0; write_errors <= 16'd0; last_errors <= 16'd0;
    end
  end
endmodule
